/** The contact list, as far as the form needs it: Rust holds it, pages of it are asked for. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { KEYS } from "../../api/queries";
import type { ImportReport, ListAsk, Summary } from "../../api/types";
import { PAGE } from "../../grid";
import { usePlatform, type Platform } from "../../platform";
import { useFormStore } from "./FormProvider";

/** What shows as busy: a command that changes the list. One that opens a file dialog does not count. */
export const LIST_CHANGE = ["list-change"];

const USABLE: ListAsk = {
  show: "ready",
  reason: null,
  search: "",
  sort: { by: "state", descending: false },
};

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
    queryKey: [...KEYS.rows, USABLE, 0],
    queryFn: () => platform.listRows({ ...USABLE, offset: 0, limit: PAGE }),
    placeholderData: keepPreviousData,
  });
  return (page.data?.rows ?? []).flatMap((row) => row.contact ?? []);
}

/** Call with what a list command answered. */
export function useListChanged(): (summary: Summary, report?: ImportReport | null) => void {
  const client = useQueryClient();
  const store = useFormStore();
  return useCallback(
    (summary, report = null) => {
      const before = client.getQueryData<Summary>(KEYS.summary)?.sources.length ?? 0;
      const names = report ? summary.sources.slice(before).map((source) => source.name) : [];
      client.setQueryData(KEYS.summary, summary);
      void client.invalidateQueries({ queryKey: KEYS.rows });
      store.listChanged(report, [...new Set(names)]);
    },
    [client, store],
  );
}

/**
 * A command that changes the list and answers with its new summary. `done` is called also where the change takes
 * the caller off the screen, which the callbacks of `mutate` are not.
 */
export function useListCommand<Asked = void>(
  run: (platform: Platform, asked: Asked) => Promise<Summary>,
  done?: (asked: Asked) => void,
) {
  const platform = usePlatform();
  const changed = useListChanged();
  return useMutation({
    mutationKey: LIST_CHANGE,
    mutationFn: (asked: Asked) => run(platform, asked),
    onSuccess: (summary, asked) => {
      done?.(asked);
      changed(summary);
    },
  });
}

/** A command that reads people into the list; null when there was nothing to read. */
export function useImport<Asked = void>(
  run: (platform: Platform, asked: Asked) => Promise<ImportReport | null>,
  { dialog = false } = {},
) {
  const platform = usePlatform();
  const changed = useListChanged();
  return useMutation({
    mutationKey: dialog ? undefined : LIST_CHANGE,
    mutationFn: (asked: Asked) => run(platform, asked),
    onSuccess: (report) => {
      if (report) changed(report.summary, report);
    },
  });
}
