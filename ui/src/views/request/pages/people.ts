/** What tells the people of a document apart: initials, and a colour that never stands alone. */

export interface Mark {
  contact: string;
  initials: string;
  /** One of so many colours, from 0. */
  colour: number;
}

export const COLOURS = 6;

/** In the order in which they first occur; nobody twice, and no two with the same initials. */
export function marksOf(contacts: readonly string[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const taken = new Map<string, number>();
  for (const contact of contacts) {
    if (marks.has(contact)) continue;
    const initials = initialsOf(contact);
    const times = (taken.get(initials) ?? 0) + 1;
    taken.set(initials, times);
    marks.set(contact, {
      contact,
      initials: times === 1 ? initials : `${initials}${times}`,
      colour: marks.size % COLOURS,
    });
  }
  return marks;
}

/** "AS" of ana.silva@example.com, "AN" of ana@example.com, "78" of a phone that ends so. */
export function initialsOf(contact: string): string {
  const [local = ""] = contact.trim().split("@");
  const parts = local.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const [first = "", second = ""] = parts;
  if (!first) return "?";
  if (/^\+?[\d\s().-]+$/.test(local)) return local.replace(/\D/g, "").slice(-2);
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first];
  return letters.slice(0, 2).join("").toUpperCase();
}
