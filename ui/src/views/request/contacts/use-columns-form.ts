/** The columns dialog's state: how the file is read, what that gives, and what each column is for. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { KEYS } from "../../../api/queries";
import type { Column, Preview, Reading, Source, Target } from "../../../api/types";
import { usePlatform } from "../../../platform";

const AS_DETECTED: Reading = { encoding: null, delimiter: null, header: null };

export function useColumnsForm(at: number, source: Source) {
  const platform = usePlatform();
  const [chosen, setChosen] = useState<Reading | null>(null);
  /** The officer's own choices, by the place of the column. */
  const [targets, setTargets] = useState<ReadonlyMap<number, Target>>(new Map());

  const ask = (reading: Reading) => ({
    queryKey: [...KEYS.list, "preview", at, reading],
    queryFn: () => platform.listPreview(at, reading),
    placeholderData: keepPreviousData,
    // A preview is of a file and of a list that may change: never an old one.
    gcTime: 0,
    staleTime: 0,
  });
  const detected = useQuery(ask(AS_DETECTED));
  const reading = chosen ?? (detected.data ? asNow(source, detected.data) : null);
  const preview = useQuery({ ...ask(reading ?? AS_DETECTED), enabled: reading !== null });

  const shown = reading ? preview.data : undefined;
  const columns = shown ? withTargets(shown.columns, source.columns, targets) : [];

  return {
    detected: detected.data,
    reading: reading ?? AS_DETECTED,
    preview: shown,
    columns,
    error: detected.error ?? preview.error,
    /** The preview belongs to another reading still. */
    waiting: reading === null || preview.isPlaceholderData || preview.isPending,
    read: (part: Partial<Reading>) => {
      const next = { ...(reading ?? AS_DETECTED), ...part };
      // Columns cut another way are other columns.
      if (part.delimiter !== undefined) setTargets(new Map());
      setChosen(next);
    },
    choose: (place: number, target: Target) => setTargets(new Map(targets).set(place, target)),
  };
}

/** The reading the source has now, said as "as detected" wherever it is. */
function asNow(source: Source, detected: Preview): Reading {
  return {
    encoding: source.encoding === detected.encoding ? null : source.encoding,
    delimiter: source.delimiter === detected.delimiter ? null : source.delimiter,
    header: source.header === detected.header ? null : source.header,
  };
}

function withTargets(
  columns: readonly Column[],
  now: readonly Column[],
  chosen: ReadonlyMap<number, Target>,
): Column[] {
  const same = columns.length === now.length;
  return columns.map((column, at) => ({
    ...column,
    target: chosen.get(at) ?? (same ? now[at]?.target : undefined) ?? column.target,
  }));
}
