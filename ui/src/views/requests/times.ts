/** Moments as the officer reads them: local time, with UTC for whoever asks. */

const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const TIME = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

export function isoUtc(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** "2026-11-24 14:05:00 UTC" */
export function utcText(atMs: number): string {
  return `${isoUtc(atMs).slice(0, 19).replace("T", " ")} UTC`;
}

/** "24 Nov 2026, 14:05:00" */
export function localText(atMs: number): string {
  return `${DAY.format(atMs)}, ${TIME.format(atMs)}`;
}

/** "14:05" today, "24 Nov 2026" before. */
export function shortText(atMs: number, nowMs: number): string {
  const today = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return today ? TIME.format(atMs).slice(0, 5) : DAY.format(atMs);
}
