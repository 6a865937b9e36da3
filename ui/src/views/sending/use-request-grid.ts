/** Which requests exist as elements, where they stand, and going from one to another. */
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useState, type KeyboardEvent, type RefObject } from "react";
import type { BatchAsk } from "../../platform";
import { PART, partOf, useParts } from "../request/contacts/use-part";
import { useBatchRows } from "./request-pages";

const ROW_REM = 41 / 16;
const HEAD_REM = 2.25;
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

export function useRequestGrid(grid: RefObject<HTMLDivElement | null>, ask: BatchAsk) {
  const [active, setActive] = useState(0);
  const [seen, setSeen] = useState({ first: 0, last: 20 });
  const { total, rowAt, error, settled } = useBatchRows(ask, seen.first, seen.last, active);
  const count = total ?? 0;
  const activeRow = Math.min(active, Math.max(0, count - 1));
  const part = useParts(count);
  const { base, go } = part;
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

  useEffect(() => {
    setActive(0);
    go(0);
    grid.current?.scrollTo?.({ top: 0 });
  }, [ask, go, grid]);

  const goTo = (index: number, column: string) => {
    const to = Math.max(0, Math.min(count - 1, index));
    setActive(to);
    go(partOf(to));
    // The row may have to be made first.
    requestAnimationFrame(() => {
      virtualizer.scrollToIndex(to % PART);
      const row = grid.current?.querySelector(`[data-row="${to}"]`);
      row?.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus({ preventScroll: true });
    });
  };

  return {
    count,
    loaded: total !== undefined,
    settled,
    rowAt,
    error,
    items,
    base,
    part,
    height: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    activeRow,
    setActive,
    goToPart: (to: number) => {
      setActive(to * PART);
      go(to);
      grid.current?.scrollTo?.({ top: 0 });
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const { column } = (event.target as HTMLElement).dataset;
      const edge = event.ctrlKey || event.metaKey;
      const step = STEPS[event.key];
      if (step) goTo(activeRow + (column ? step : 0), column ?? "select");
      else if (edge && event.key === "Home") goTo(0, column ?? "select");
      else if (edge && event.key === "End") goTo(count - 1, column ?? "select");
      else return;
      event.preventDefault();
    },
  };
}

function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
