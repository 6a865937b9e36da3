/** Earlier lists of fields, for undo. A list is known by being the same object, so going back needs no mark. */
import type { Placement } from "../../../api/types";

export interface History {
  now: readonly Placement[];
  past: readonly (readonly Placement[])[];
}

/** So many steps are kept. */
const MOST = 100;

/** What is known once the fields are these: a step on, or back to where they were. */
export function after(history: History, fields: readonly Placement[]): History {
  if (history.now === fields) return history;
  const back = history.past.lastIndexOf(fields);
  const past = back < 0 ? [...history.past, history.now].slice(-MOST) : history.past.slice(0, back);
  return { now: fields, past };
}
