/** Which rows exist as elements, where they stand, and going from one to another. */
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useState, type RefObject } from "react";
import type { ListAsk } from "../../../api/types";
import { useRows } from "../list";
import { isNarrowed } from "./ask";
import { PART, partOf, useParts } from "./use-part";
import { useShownSaid } from "./use-shown-said";

const ROW_REM = 41 / 16;
export const HEAD_REM = 2.25;

export function useGrid(grid: RefObject<HTMLDivElement | null>, ask: ListAsk, all: number) {
  const [active, setActive] = useState(0);
  const [seen, setSeen] = useState({ first: 0, last: 20 });
  const { total, rowAt, error, settled } = useRows(ask, seen.first, seen.last, active);
  // The summary is never behind; a page may be, for a moment.
  const count = isNarrowed(ask) ? (total ?? 0) : all;
  const activeRow = Math.min(active, Math.max(0, count - 1));
  const part = useParts(count);
  const { base } = part;
  useShownSaid(ask, settled ? count : null);
  const head = HEAD_REM * remPx();

  const virtualizer = useVirtualizer({
    count: part.count,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_REM * remPx(),
    getItemKey: useCallback((index: number) => base + index, [base]),
    overscan: 6,
    scrollMargin: head,
    scrollPaddingStart: head,
    initialRect: { width: 600, height: 369 },
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = defaultRangeExtractor(range);
        const kept = activeRow - base;
        // The row with the focus stays, however far the others are scrolled away.
        if (indexes.includes(kept) || kept < 0 || kept >= range.count) return indexes;
        return [...indexes, kept].toSorted((a, b) => a - b);
      },
      [activeRow, base],
    ),
  });
  const items = virtualizer
    .getVirtualItems()
    .map(({ index, start }) => ({ index: base + index, top: start - head }));
  const inView = items.filter((item) => item.index !== activeRow || items.length < 2);
  const first = inView[0]?.index ?? 0;
  const last = inView.at(-1)?.index ?? 0;

  useEffect(() => setSeen({ first, last }), [first, last]);

  const { go } = part;
  const toTop = useCallback(() => grid.current?.scrollTo?.({ top: 0 }), [grid]);
  useEffect(() => {
    setActive(0);
    go(0);
    toTop();
  }, [ask, go, toTop]);

  const goTo = (index: number, column: string) => {
    const to = Math.max(0, Math.min(count - 1, index));
    setActive(to);
    go(partOf(to));
    // The row may have to be made first.
    requestAnimationFrame(() => {
      virtualizer.scrollToIndex(to % PART);
      focusIn(grid.current, to, column);
    });
  };
  const goToPart = (to: number) => {
    setActive(to * PART);
    go(to);
    toTop();
  };

  return {
    count,
    loaded: total !== undefined || !isNarrowed(ask),
    settled,
    rowAt,
    error,
    items,
    height: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    base,
    activeRow,
    setActive,
    goTo,
    goToPart,
    part,
  };
}

/** Focuses the control of a row in a column; false where the row has none yet. */
export function focusIn(grid: HTMLElement | null, index: number, column: string): boolean {
  const row = grid?.querySelector(`[data-row="${index}"]`);
  const at = (name: string) => row?.querySelector<HTMLElement>(`[data-column="${name}"]`);
  const control = at(column) ?? at("edit");
  control?.focus({ preventScroll: true });
  return control !== undefined && control !== null;
}

function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
