/** Which requests are ticked, with what is known of each. What a filter hides stays ticked. */
import { useState } from "react";
import type { RequestListRow } from "../../api/types";
import { usePlatform, type BatchAsk } from "../../platform";
import { readAll } from "./read-all";

export type Ticked = Pick<RequestListRow, "id" | "people" | "state">;

export interface RequestSelection {
  count: number;
  ids: () => string[];
  has: (id: string) => boolean;
  of: (states: readonly RequestListRow["state"][]) => Ticked[];
  toggle: (row: Ticked) => void;
  /** Ticks all that are shown; pressed again, none. */
  toggleAll: () => void;
  /** All are being read. */
  reading: boolean;
  all: boolean;
  clear: () => void;
}

/** `inView` are rows as they stand now. */
export function useRequestSelection(
  ask: BatchAsk,
  total: number,
  inView: readonly RequestListRow[],
): RequestSelection {
  const platform = usePlatform();
  const [ticked, setTicked] = useState<ReadonlyMap<string, Ticked>>(new Map());
  const [allOf, setAllOf] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const asked = JSON.stringify([ask, total]);
  const all = allOf === asked && ticked.size >= total && total > 0;

  const tickAll = async () => {
    setReading(true);
    try {
      const rows = await readAll(platform, ask);
      setTicked((before) => new Map([...before, ...rows.map((row) => [row.id, row] as const)]));
      setAllOf(asked);
    } finally {
      setReading(false);
    }
  };

  return {
    count: ticked.size,
    ids: () => [...ticked.keys()],
    has: (id) => ticked.has(id),
    of: (states) => {
      const now = new Map(inView.map((row) => [row.id, row]));
      return [...ticked.values()]
        .map((one) => now.get(one.id) ?? one)
        .filter((one) => states.includes(one.state));
    },
    toggle: (row) => {
      const next = new Map(ticked);
      if (!next.delete(row.id)) next.set(row.id, row);
      setTicked(next);
      setAllOf(null);
    },
    toggleAll: () => {
      if (all) setTicked(new Map());
      else void tickAll().catch(() => undefined);
    },
    reading,
    all,
    clear: () => {
      setTicked(new Map());
      setAllOf(null);
    },
  };
}
