/** All requests of a batch that match, for what is done with every one of them. */
import type { RequestListRow } from "../../api/types";
import type { BatchAsk, Platform } from "../../platform";

/** Every row that matches, however many pages that takes. */
export async function readAll(platform: Platform, ask: BatchAsk): Promise<RequestListRow[]> {
  const rows: RequestListRow[] = [];
  for (;;) {
    const page = await platform.batchRequests({ ...ask, offset: rows.length, limit: 500 });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}
