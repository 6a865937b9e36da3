/**
 * JSON as a list of labelled fields, `[{ "label", "type", "value", "hidden"? }]`, without loss: numbers keep every
 * digit, and what has any other shape is not taken for such a list.
 */

export const LABELLED_TYPES = ["string", "number", "boolean", "date", "url"] as const;

export type LabelledType = (typeof LABELLED_TYPES)[number];

export interface Labelled {
  label: string;
  type: LabelledType;
  /** As it is typed: a number in its own digits, `true` or `false`, else the text itself. */
  value: string;
  /** Null where nothing is said of it. */
  hidden: boolean | null;
}

/** More would be a list nobody fills in by hand. */
const MOST = 200;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Null where the text is not such a list. */
export function readLabelled(text: string): Labelled[] | null {
  const words = tokens(text);
  if (!words) return null;
  const rows: Labelled[] = [];
  let at = 0;
  const take = (word: string) => words[at] === word && ++at > 0;

  if (!take("[")) return null;
  if (!take("]")) {
    do {
      const row = take("{") ? rowOf(() => words[at++]) : null;
      if (!row || rows.push(row) > MOST) return null;
    } while (take(","));
    if (!take("]")) return null;
  }
  return at === words.length ? rows : null;
}

export function writeLabelled(rows: readonly Labelled[]): string {
  const lines = rows.map(({ label, type, value, hidden }) => {
    const bare = type === "number" || type === "boolean";
    const parts = [
      `"label": ${JSON.stringify(label)}`,
      `"type": "${type}"`,
      `"value": ${bare ? value : JSON.stringify(value)}`,
      ...(hidden === null ? [] : [`"hidden": ${hidden}`]),
    ];
    return `  { ${parts.join(", ")} }`;
  });
  return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n]`;
}

/** The row as one of another type; what cannot be read as that starts anew. */
export function retyped(row: Labelled, type: LabelledType): Labelled {
  if (type === "number") return { ...row, type, value: isNumber(row.value) ? row.value : "0" };
  if (type === "boolean") return { ...row, type, value: row.value === "true" ? "true" : "false" };
  return { ...row, type };
}

export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Reads the rest of an object of four known keys at most. */
function rowOf(next: () => string | undefined): Labelled | null {
  const found = new Map<string, string>();
  let word: string | undefined;
  do {
    const key = textOf(next());
    if (key === null || found.has(key) || next() !== ":") return null;
    const value = next();
    if (value === undefined || /^[[\]{},:]$/.test(value)) return null;
    found.set(key, value);
    word = next();
  } while (word === ",");
  if (word !== "}") return null;

  const label = textOf(found.get("label"));
  const type = LABELLED_TYPES.find((one) => one === textOf(found.get("type")));
  const value = type && valueOf(found.get("value"), type);
  const hidden = found.get("hidden");
  if (label === null || !type || typeof value !== "string") return null;
  if (hidden !== undefined && hidden !== "true" && hidden !== "false") return null;
  if (found.size !== (hidden === undefined ? 3 : 4)) return null;
  return { label, type, value, hidden: hidden === undefined ? null : hidden === "true" };
}

function valueOf(word: string | undefined, type: LabelledType): string | null {
  if (word === undefined) return null;
  if (type === "number") return isNumber(word) ? word : null;
  if (type === "boolean") return word === "true" || word === "false" ? word : null;
  return textOf(word);
}

/** The text that a word of JSON in quotes stands for. */
function textOf(word: string | undefined): string | null {
  if (!word?.startsWith('"')) return null;
  try {
    return JSON.parse(word) as string;
  } catch {
    return null;
  }
}

/** Signs, texts and bare words in their order; null where anything else stands between them. */
function tokens(text: string): string[] | null {
  const word = /[ \t\r\n]*([[\]{},:]|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[^\s[\]{},:"]+)[ \t\r\n]*/y;
  const found: string[] = [];
  while (word.lastIndex < text.length) {
    const match = word.exec(text)?.[1];
    if (match === undefined) return null;
    found.push(match);
  }
  return found;
}
