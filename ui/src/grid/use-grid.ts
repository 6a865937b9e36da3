/** Which rows exist as elements, where they stand, and going from one to another. */
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useState, type RefObject } from "react";
import { usePages, type Paged } from "./use-pages";
import { PART, partOf, useParts } from "./use-part";

const ROW_REM = 41 / 16;
const HEAD_REM = 2.25;

export interface GridOptions<Row> extends Paged<Row> {
  /** What is shown: another one is shown from its top. */
  ask: unknown;
  /** How many rows there are, where that is known without a page. */
  known?: number | undefined;
  /** The column that every row has a control in. */
  home: string;
}

export type Grid<Row> = ReturnType<typeof useGrid<Row>>;

export function useGrid<Row>(box: RefObject<HTMLDivElement | null>, options: GridOptions<Row>) {
  const { ask, known, home } = options;
  const [active, setActive] = useState(0);
  const [seen, setSeen] = useState({ first: 0, last: 20 });
  const { total, rowAt, error, settled } = usePages(options, { ...seen, active });
  const count = known ?? total ?? 0;
  const activeRow = Math.min(active, Math.max(0, count - 1));
  const part = useParts(count);
  const { base, go } = part;
  const head = HEAD_REM * remPx();

  const virtualizer = useVirtualizer({
    count: part.count,
    getScrollElement: () => box.current,
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

  const toTop = useCallback(() => box.current?.scrollTo?.({ top: 0 }), [box]);
  useEffect(() => {
    setActive(0);
    go(0);
    toTop();
  }, [ask, go, toTop]);

  /** Focuses the control of a row in a column; false where the row has none yet. */
  const focusIn = (index: number, column: string): boolean => {
    const row = box.current?.querySelector(`[data-row="${index}"]`);
    const at = (name: string) => row?.querySelector<HTMLElement>(`[data-column="${name}"]`);
    const control = at(column) ?? at(home);
    control?.focus({ preventScroll: true });
    return control !== undefined && control !== null;
  };
  const goTo = (index: number, column: string) => {
    const to = Math.max(0, Math.min(count - 1, index));
    setActive(to);
    go(partOf(to));
    // The row may have to be made first.
    requestAnimationFrame(() => {
      virtualizer.scrollToIndex(to % PART);
      focusIn(to, column);
    });
  };
  const goToPart = (to: number) => {
    setActive(to * PART);
    go(to);
    toTop();
  };

  return {
    count,
    loaded: total !== undefined || known !== undefined,
    settled,
    rowAt,
    error,
    items,
    height: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    base,
    activeRow,
    setActive,
    home,
    focusIn,
    goTo,
    goToPart,
    part,
  };
}

function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
