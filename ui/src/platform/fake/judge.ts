/** How the stand-in judges a row: roughly as the shell does, well enough to look at. */
import type { Field, Reason, ReasonCode, Row, RowState } from "../../api/types";

/** A row as it was found: a field that is missing here has no column. */
export interface Found {
  id: number;
  source: number;
  line: number;
  cells: Partial<Record<Field, string>>;
}

const ERRORS = new Set<ReasonCode>([
  "emailForm",
  "phoneTooShort",
  "duplicate",
  "docIdNumber",
  "secondaryContact",
]);
const QUIET = new Set<ReasonCode>(["hiddenRemoved"]);
const LANGUAGES: Record<string, string> = { Portuguese: "PRT", English: "ENG", Spanish: "SPA" };

export function stateOf(code: ReasonCode): RowState {
  if (ERRORS.has(code)) return "error";
  return QUIET.has(code) ? "ready" : "warning";
}

export function judge({ id, source, line, cells }: Found, region: string): Row {
  const text = cells.contact ?? "";
  const { contact, kind, reasons } = judgeContact(text.trim(), region);
  const { docId, language, secondaryContact } = cells;
  if (docId && /^\d\.\d+E\+\d+$/i.test(docId)) {
    reasons.push(
      reason("docIdNumber", "docId", "Document ID was turned into a number by the spreadsheet"),
    );
  }
  if (language && !/^[A-Z]{3}$/.test(language)) {
    const known = LANGUAGES[language] ?? null;
    const said = known ? `Did you mean ${known}?` : "Not a language Humanos knows";
    reasons.push(reason("languageUnknown", "language", said, known));
  }
  if (secondaryContact && secondaryContact === text) {
    reasons.push(reason("secondarySame", "secondaryContact", "The same as the contact"));
  }
  if (text === "ana.asked@example.com") {
    const request = "earlier-request";
    reasons.push({ ...reason("askedBefore", "contact", "Asked on 3 November"), request });
  }
  const row: Row = {
    id,
    source,
    line,
    text,
    contact,
    kind,
    state: "ready",
    reasons,
    docId: docId ?? null,
    language: language ?? null,
    internalId: cells.internalId ?? null,
    secondaryContact: secondaryContact ?? null,
    name: cells.name ?? null,
    country: cells.country ?? null,
  };
  return withState(row);
}

export function withState(row: Row): Row {
  const states = row.reasons.map((one) => stateOf(one.code));
  const state = states.includes("error")
    ? "error"
    : states.includes("warning")
      ? "warning"
      : "ready";
  return { ...row, state };
}

export function reason(
  code: ReasonCode,
  field: Field,
  message: string,
  suggestion: string | null = null,
): Reason {
  return { code, field, message, suggestion, column: null, alike: 0, request: null };
}

function judgeContact(
  clean: string,
  region: string,
): { contact: string | null; kind: Row["kind"]; reasons: Reason[] } {
  if (clean.includes("@")) {
    if (!/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(clean)) {
      const reasons = [reason("emailForm", "contact", "Not a complete email address")];
      return { contact: null, kind: null, reasons };
    }
    const mended = clean.replace(/@gmial\.com$/, "@gmail.com");
    const typo = reason("emailTypo", "contact", "Did you mean gmail.com?", mended);
    return { contact: clean, kind: "email", reasons: mended === clean ? [] : [typo] };
  }
  const digits = clean.replace(/[^\d+]/g, "");
  if (digits.length < 9) {
    const where = region === "PT" ? "Portugal" : region;
    const reasons = [reason("phoneTooShort", "contact", `Too short for a phone in ${where}`)];
    return { contact: null, kind: null, reasons };
  }
  return { contact: digits.startsWith("+") ? digits : `+351${digits}`, kind: "phone", reasons: [] };
}
