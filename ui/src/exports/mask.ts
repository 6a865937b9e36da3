/** What can be hidden in an export, and what must be hidden with it because it holds the same. */
import type { MaskField } from "../api/types";

export const MASK_FIELDS: readonly MaskField[] = ["contacts", "names", "links", "replies", "body"];

/** A table has no bodies. */
export const TABLE_FIELDS: readonly MaskField[] = ["contacts", "names", "links"];

const HELD_IN: Partial<Record<MaskField, readonly MaskField[]>> = {
  contacts: ["replies", "body"],
  names: ["replies", "body"],
  links: ["replies"],
};

/** Hidden because of others that are ticked. */
export function hiddenWith(ticked: readonly MaskField[]): ReadonlySet<MaskField> {
  return new Set(ticked.flatMap((field) => HELD_IN[field] ?? []));
}

/** Of the fields that are offered, all that are hidden, in one order. */
export function hidden(
  ticked: readonly MaskField[],
  offered: readonly MaskField[] = MASK_FIELDS,
): MaskField[] {
  const along = hiddenWith(ticked);
  return offered.filter((field) => ticked.includes(field) || along.has(field));
}
