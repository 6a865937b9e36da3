/** Texts that name a column of the list in double braces, and are filled from each row. */
import type { Draft } from "../../api/types";

/** Whether any text of the form names a column. */
export function hasVariables(draft: Draft): boolean {
  return JSON.stringify({ ...draft, contacts: [], expectedDocIds: [] }).includes("{{");
}

export function variable(column: string): string {
  return `{{${column}}}`;
}

const FILLED =
  /^(name|internalId|language|redirectUrl|credentials\.\d+\.(name|scope|description|internalId|data\.text|data\.url|action\.userParams))$/;

/** Whether the text at a wire path may name columns. */
export function takesVariables(path: string): boolean {
  return FILLED.test(path);
}

/** Writes into a text field where its cursor stands, as if it had been typed. */
export function insertInto(field: HTMLInputElement | HTMLTextAreaElement, text: string) {
  const end = field.value.length;
  field.setRangeText(text, field.selectionStart ?? end, field.selectionEnd ?? end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
