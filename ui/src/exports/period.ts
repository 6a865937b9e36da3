/** Two days as typed or chosen, of this computer's time, and the moments between them. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export interface Period {
  fromMs: number;
  /** The last millisecond of the last day. */
  toMs: number;
}

export type PeriodFault = "from" | "to" | "order";

/** "2026-11-25" as its first moment; a day that is in no calendar gives null. */
function dayOf(text: string): Date | null {
  const parts = DAY.exec(text.trim());
  if (!parts) return null;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : null;
}

export function periodOf(from: string, to: string): Period | PeriodFault {
  const first = dayOf(from);
  if (!first) return "from";
  const last = dayOf(to);
  if (!last) return "to";
  if (last < first) return "order";
  // Not 24 hours later: twice a year a day has 23 or 25.
  const next = new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1);
  return { fromMs: first.getTime(), toMs: next.getTime() - 1 };
}

/** From the first of the month to today. */
export function thisMonth(nowMs: number): { from: string; to: string } {
  const now = new Date(nowMs);
  const month = `${now.getFullYear()}-${two(now.getMonth() + 1)}`;
  return { from: `${month}-01`, to: `${month}-${two(now.getDate())}` };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
