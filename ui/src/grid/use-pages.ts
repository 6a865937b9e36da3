/** Rows that Rust holds, asked for a page at a time. */
import { useQueries } from "@tanstack/react-query";

export const PAGE = 100;

export interface Page<Row> {
  total: number;
  rows: Row[];
}

/** Which rows are wanted: from `first` to `last`, and the one at `active`. */
export interface Wanted {
  first: number;
  last: number;
  active: number;
}

export interface Paged<Row> {
  /** Of the query; the page's number is added. */
  key: readonly unknown[];
  read: (offset: number, limit: number) => Promise<Page<Row>>;
}

/** The wanted rows, as far as their pages have come; the others are undefined. */
export function usePages<Row>({ key, read }: Paged<Row>, { first, last, active }: Wanted) {
  const inView = range(Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE));
  const pages = [...new Set([...inView, Math.floor(active / PAGE)])];
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, page],
      queryFn: () => read(page * PAGE, PAGE),
      // The same page as it was asked for before stays until the new one comes; another page would mislead.
      placeholderData: (before: Page<Row> | undefined, query?: { queryKey: readonly unknown[] }) =>
        query?.queryKey.at(-1) === page ? before : undefined,
    })),
  });
  const rowAt = (index: number): Row | undefined => {
    const result = results[pages.indexOf(Math.floor(index / PAGE))];
    return result?.data?.rows[index % PAGE];
  };
  const total = results.find((result) => result.data)?.data?.total;
  const error = results.find((result) => result.error)?.error ?? null;
  const settled = results.some((result) => result.isSuccess && !result.isPlaceholderData);
  return { total, rowAt, error, settled };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
