/** Which rows the stand-in shows, in which order, and how it counts their reasons. */
import type { ListAsk, ReasonCode, ReasonCount, Row, SortBy } from "../../api/types";
import { stateOf } from "./judge";

const RANK = { error: 0, warning: 1, ready: 2 };

export function select(rows: readonly Row[], { show, reason, search, sort }: ListAsk): Row[] {
  const wanted = search.toLowerCase();
  const shown = rows.filter(
    (row) =>
      (show === "all" || row.state === show || `${row.state}s` === show) &&
      (reason === null || row.reasons.some((one) => one.code === reason)) &&
      (wanted === "" || wordsOf(row).includes(wanted)),
  );
  const turn = sort.descending ? -1 : 1;
  return shown.toSorted((a, b) => turn * compare(a, b, sort.by) || a.id - b.id);
}

export function countReasons(rows: readonly Row[]): ReasonCount[] {
  const counts = new Map<ReasonCode, ReasonCount>();
  for (const row of rows) {
    for (const { code, message } of row.reasons) {
      const so = counts.get(code) ?? { code, state: stateOf(code), message, count: 0 };
      counts.set(code, { ...so, count: so.count + 1 });
    }
  }
  return [...counts.values()].toSorted(
    (a, b) => RANK[a.state] - RANK[b.state] || b.count - a.count,
  );
}

function compare(a: Row, b: Row, by: SortBy): number {
  if (by === "state") return RANK[a.state] - RANK[b.state];
  if (by === "file") return a.id - b.id;
  const field = by === "contact" ? "text" : by;
  return (a[field] ?? "").localeCompare(b[field] ?? "");
}

function wordsOf(row: Row): string {
  const { text, contact, docId, language, internalId, secondaryContact, name } = row;
  return `${text} ${contact} ${docId} ${language} ${internalId} ${secondaryContact} ${name}`.toLowerCase();
}
