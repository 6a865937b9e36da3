/** The list of requests, a page at a time. */
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { KEYS } from "../../api/queries";
import type { RequestDetail } from "../../api/types";
import { usePlatform, type Platform } from "../../platform";

export const PAGE = 50;

export type ListRow = Awaited<ReturnType<Platform["requests"]>>["rows"][number];

export function useRequestPages(search: string) {
  const platform = usePlatform();
  return useInfiniteQuery({
    queryKey: [...KEYS.requests, "pages", search],
    queryFn: ({ pageParam }) => platform.requests({ search, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return shown < total && pages.at(-1)?.rows.length ? shown : undefined;
    },
    placeholderData: keepPreviousData,
    // A request may have been sent since the list was last seen.
    refetchOnMount: "always",
  });
}

/** Call with what `retry` answered; with an id alone the request is asked again. */
export function useRequestChanged(): (changed: RequestDetail | string) => void {
  const client = useQueryClient();
  return useCallback(
    (changed) => {
      if (typeof changed === "string") {
        void client.invalidateQueries({ queryKey: [...KEYS.request, changed] });
      } else {
        client.setQueryData([...KEYS.request, changed.id], changed);
        void client.invalidateQueries({ queryKey: KEYS.requests });
      }
    },
    [client],
  );
}
