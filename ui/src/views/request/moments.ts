/** Between what a date field holds (local, no offset) and what is sent (RFC 3339 with the local offset). */

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/;

/** "2026-12-01T09:00" typed in Lisbon becomes "2026-12-01T09:00:00+00:00"; other text stays as it is. */
export function toRfc3339(local: string): string {
  const parts = LOCAL.exec(local);
  if (!parts) return local;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const moment = new Date(year, month - 1, day, hour, minute, second);
  if (Number.isNaN(moment.getTime())) return local;
  return `${localText(moment, true)}${offset(moment)}`;
}

/** The moment in this computer's time, for a date field; text that is no moment gives "". */
export function toLocal(rfc3339: string): string {
  const moment = new Date(rfc3339);
  if (!rfc3339 || Number.isNaN(moment.getTime())) return "";
  return localText(moment, moment.getSeconds() !== 0);
}

export function clock(atMs: number): string {
  const moment = new Date(atMs);
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function localText(moment: Date, seconds: boolean): string {
  const year = String(moment.getFullYear()).padStart(4, "0");
  const date = `${year}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  return `${date}T${time}${seconds ? `:${two(moment.getSeconds())}` : ""}`;
}

function offset(moment: Date): string {
  const east = -moment.getTimezoneOffset();
  const minutes = Math.abs(east);
  return `${east < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
