/** Which rows are ticked: some by their id, or all that match what is shown, however many. */
import { useState } from "react";
import type { ListAsk } from "../../../api/types";
import { PAGE } from "../../../grid";
import { usePlatform, type Platform } from "../../../platform";

/** Up to here one row can be taken out of "all that match". */
const MOST_READ = 2_000;

type Selected = { all: true } | { all: false; ids: ReadonlySet<number> };

interface Kept {
  selected: Selected;
  /** What was shown when it was made; of something else it says nothing. */
  of: string;
}

export interface Selection {
  count: number;
  all: boolean;
  /** All are ticked and there are too many to take single ones out. */
  fixed: boolean;
  ids: () => number[];
  has: (id: number) => boolean;
  toggle: (id: number) => void;
  toggleAll: () => void;
  clear: () => void;
}

const NONE: Selected = { all: false, ids: new Set() };

/** `rows` counts all rows of the list: when it changes, what was ticked may be gone. */
export function useSelection(ask: ListAsk, rows: number, total: number): Selection {
  const platform = usePlatform();
  const of = JSON.stringify([ask.show, ask.reason, ask.search, rows]);
  const [kept, setKept] = useState<Kept>({ selected: NONE, of });
  const selected = kept.of === of ? kept.selected : NONE;
  const setSelected = (to: Selected) => setKept({ selected: to, of });

  const toggle = async (id: number) => {
    if (!selected.all) {
      const ids = new Set(selected.ids);
      if (!ids.delete(id)) ids.add(id);
      return setSelected({ all: false, ids });
    }
    const ids = await readIds(platform, ask, total);
    ids.delete(id);
    setSelected({ all: false, ids });
  };

  return {
    count: selected.all ? total : selected.ids.size,
    all: selected.all,
    fixed: selected.all && total > MOST_READ,
    ids: () => (selected.all ? [] : [...selected.ids]),
    has: (id) => selected.all || selected.ids.has(id),
    toggle: (id) => void toggle(id).catch(() => setSelected(NONE)),
    toggleAll: () => setSelected(selected.all ? NONE : { all: true }),
    clear: () => setSelected(NONE),
  };
}

async function readIds(platform: Platform, ask: ListAsk, total: number): Promise<Set<number>> {
  const pages = Array.from({ length: Math.ceil(total / PAGE) }, (_, page) =>
    platform.listRows({ ...ask, offset: page * PAGE, limit: PAGE }),
  );
  const rows = (await Promise.all(pages)).flatMap((page) => page.rows);
  return new Set(rows.map((row) => row.id));
}
