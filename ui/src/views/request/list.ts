/** The contact list, as far as the form needs it: Rust holds it, pages of it are asked for. */
import {
  keepPreviousData,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback } from "react";
import { KEYS } from "../../api/queries";
import type { ImportReport, Row, Show, Summary } from "../../api/types";
import { usePlatform, type Platform } from "../../platform";
import { useFormStore } from "./FormProvider";

export const PAGE = 100;

export function useSummary() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.summary, queryFn: () => platform.listSummary() });
}

export function useRegions() {
  const platform = usePlatform();
  return useQuery({ queryKey: KEYS.regions, queryFn: () => platform.regions() });
}

/** Contacts of the first ready rows, to choose from where one person is meant. */
export function useSomeContacts(): string[] {
  const platform = usePlatform();
  const page = useQuery({
    queryKey: [...KEYS.rows, "ready", "", 0],
    queryFn: () => platform.listRows({ show: "ready", search: "", offset: 0, limit: PAGE }),
    placeholderData: keepPreviousData,
  });
  return (page.data?.rows ?? []).flatMap((row) => row.contact ?? []);
}

/** The rows from `first` to `last`, as far as their pages have come; the others are undefined. */
export function useRows(show: Show, search: string, first: number, last: number) {
  const platform = usePlatform();
  const pages = range(Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE));
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...KEYS.rows, show, search, page],
      queryFn: () => platform.listRows({ show, search, offset: page * PAGE, limit: PAGE }),
      placeholderData: keepPreviousData,
    })),
  });
  const rowAt = (index: number): Row | undefined => {
    const result = results[pages.indexOf(Math.floor(index / PAGE))];
    return result?.data?.rows[index % PAGE];
  };
  const total = results.find((result) => result.data)?.data?.total;
  const error = results.find((result) => result.error)?.error ?? null;
  return { total, rowAt, error };
}

/** Call with what a list command answered. */
export function useListChanged(): (summary: Summary, report?: ImportReport | null) => void {
  const client = useQueryClient();
  const store = useFormStore();
  return useCallback(
    (summary, report = null) => {
      client.setQueryData(KEYS.summary, summary);
      void client.invalidateQueries({ queryKey: KEYS.rows });
      store.listChanged(report);
    },
    [client, store],
  );
}

/** A command that changes the list and answers with its new summary. */
export function useListCommand<Asked>(run: (platform: Platform, asked: Asked) => Promise<Summary>) {
  const platform = usePlatform();
  const changed = useListChanged();
  return useMutation({
    mutationFn: (asked: Asked) => run(platform, asked),
    onSuccess: (summary) => changed(summary),
  });
}

/** A command that reads people into the list; null when the officer chose no file. */
export function useImport<Asked>(
  run: (platform: Platform, asked: Asked) => Promise<ImportReport | null>,
) {
  const platform = usePlatform();
  const changed = useListChanged();
  return useMutation({
    mutationFn: (asked: Asked) => run(platform, asked),
    onSuccess: (report) => {
      if (report) changed(report.summary, report);
    },
  });
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
