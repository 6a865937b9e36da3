/** The rows of the list, as the table shows them. */
import { plural } from "@lingui/core/macro";
import type { RefObject } from "react";
import { KEYS } from "../../../api/queries";
import type { ListAsk, Row } from "../../../api/types";
import { useCountSaid, useGrid } from "../../../grid";
import { usePlatform } from "../../../platform";
import { isNarrowed } from "./ask";

export function useContactGrid(box: RefObject<HTMLDivElement | null>, ask: ListAsk, all: number) {
  const platform = usePlatform();
  const grid = useGrid<Row>(box, {
    key: [...KEYS.rows, ask],
    read: (offset, limit) => platform.listRows({ ...ask, offset, limit }),
    ask,
    // The summary is never behind; a page may be, for a moment.
    known: isNarrowed(ask) ? undefined : all,
    home: "edit",
  });
  useCountSaid(
    `${ask.show} ${ask.reason} ${ask.search}`,
    grid.settled ? grid.count : null,
    (count) => plural(count, { 0: "No row matches.", one: "# row shown.", other: "# rows shown." }),
  );
  return grid;
}
