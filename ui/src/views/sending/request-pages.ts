/** The requests of a batch, a page at a time. */
import { useQueries } from "@tanstack/react-query";
import { KEYS } from "../../api/queries";
import type { RequestList, RequestListRow } from "../../api/types";
import { usePlatform, type BatchAsk, type Platform } from "../../platform";

export const PAGE = 100;

/** The rows from `first` to `last`, and the one at `active`, as far as their pages have come. */
export function useBatchRows(ask: BatchAsk, first: number, last: number, active: number) {
  const platform = usePlatform();
  const inView = range(Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE));
  const pages = [...new Set([...inView, Math.floor(active / PAGE)])];
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...KEYS.batchRequests, ask, page],
      queryFn: () => platform.batchRequests({ ...ask, offset: page * PAGE, limit: PAGE }),
      // The same page as it was asked for before stays until the new one comes; another page would mislead.
      placeholderData: (
        before: RequestList | undefined,
        query?: { queryKey: readonly unknown[] },
      ) => (query?.queryKey.at(-1) === page ? before : undefined),
    })),
  });
  const rowAt = (index: number): RequestListRow | undefined => {
    const result = results[pages.indexOf(Math.floor(index / PAGE))];
    return result?.data?.rows[index % PAGE];
  };
  const total = results.find((result) => result.data)?.data?.total;
  const error = results.find((result) => result.error)?.error ?? null;
  const settled = results.some((result) => result.isSuccess && !result.isPlaceholderData);
  return { total, rowAt, error, settled };
}

/** Every row that matches, however many pages that takes. */
export async function readAll(platform: Platform, ask: BatchAsk): Promise<RequestListRow[]> {
  const rows: RequestListRow[] = [];
  for (;;) {
    const page = await platform.batchRequests({ ...ask, offset: rows.length, limit: 500 });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
