/** What the UI reads from the shell, by key: the shell owns the state, the UI asks again when told. */
import { keepPreviousData, QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { usePlatform } from "../platform";
import type { BatchView, ConnectionView, Status } from "./types";

export const KEYS = {
  status: ["status"],
  connections: ["connections"],
  list: ["list"],
  summary: ["list", "summary"],
  rows: ["list", "rows"],
  regions: ["regions"],
  encodings: ["encodings"],
  listSettings: ["list-settings"],
  requests: ["requests"],
  request: ["request"],
  officer: ["officer"],
  reviewRequest: ["review-request"],
  batches: ["batches"],
  batchRequests: ["batch-requests"],
  batchFailures: ["batch-failures"],
  returnWay: ["return-way"],
  sessionOrigin: ["session-origin"],
  looseAnswers: ["loose-answers"],
  profiles: ["profiles"],
  packCount: ["pack-count"],
  deviceKey: ["device-key"],
  stamping: ["stamping"],
} as const;

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The shell is on this computer: a failure is an answer, not a hiccup, and nothing goes stale unsaid.
      queries: {
        retry: false,
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function useStatus() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.status, queryFn: () => platform.appStatus() });
}

/** Call with what `unlock`, `recover` or `retry_keyring` answered; without it the status is asked again. */
export function useStatusChanged(): (status?: Status) => void {
  const client = useQueryClient();
  return useCallback(
    (status) => {
      if (status) client.setQueryData(KEYS.status, status);
      else void client.invalidateQueries({ queryKey: KEYS.status });
    },
    [client],
  );
}

export function useConnections() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.connections, queryFn: () => platform.connections() });
}

export function useCurrentConnection(): ConnectionView | undefined {
  return useConnections().data?.find((connection) => connection.current);
}

export function useRequests(search: string, offset: number, limit: number) {
  const platform = usePlatform();
  return useQuery({
    queryKey: [...KEYS.requests, search, offset, limit],
    queryFn: () => platform.requests({ search, offset, limit }),
    placeholderData: keepPreviousData,
  });
}

export function useRequest(id: string) {
  const platform = usePlatform();
  return useQuery({ queryKey: [...KEYS.request, id], queryFn: () => platform.request(id) });
}

/** The later of two looks at a batch. */
export function later(one: BatchView, other: BatchView): BatchView {
  return other.revision < one.revision ? one : other;
}

/** Newest first. */
export function useBatches() {
  const platform = usePlatform();
  const client = useQueryClient();
  return useQuery({
    queryKey: KEYS.batches,
    queryFn: async () => {
      const all = await platform.batches();
      // Events may have told of a batch while the answer was on its way.
      const known = client.getQueryData<BatchView[]>(KEYS.batches) ?? [];
      return all.map((batch) => {
        const before = known.find(({ id }) => id === batch.id);
        return before ? later(before, batch) : batch;
      });
    },
  });
}

export function useBatch(id: string | null): BatchView | undefined {
  return useBatches().data?.find((batch) => batch.id === id);
}
