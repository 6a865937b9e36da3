/**
 * The list as a grid: only the rows in view (and the one with the focus) exist as elements.
 * Up and Down go from row to row; Tab goes through the controls of one row and then out.
 */
import { useLingui } from "@lingui/react/macro";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { asProblem } from "../../api/problems";
import type { Show } from "../../api/types";
import { Empty, ProblemCallout } from "../../components";
import { ContactRow } from "./ContactRow";
import styles from "./ContactTable.module.css";
import { useRows } from "./list";

const ROW_PX = 41;
const PAGE_STEP = 8;

export function ContactTable(props: { show: Show; search: string; count: number }) {
  const { show, search } = props;
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [seen, setSeen] = useState({ first: 0, last: 20 });
  const { total, rowAt, error } = useRows(show, search, seen.first, seen.last);
  const count = total ?? (show === "all" && search === "" ? props.count : 0);
  const activeRow = Math.min(active, Math.max(0, count - 1));

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    initialRect: { width: 600, height: 369 },
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = defaultRangeExtractor(range);
        // The row with the focus stays, however far the others are scrolled away.
        if (indexes.includes(activeRow) || activeRow >= range.count) return indexes;
        return [...indexes, activeRow].toSorted((a, b) => a - b);
      },
      [activeRow],
    ),
  });
  const items = virtualizer.getVirtualItems();
  const inView = items.filter((item) => item.index !== activeRow || items.length < 2);
  const first = inView[0]?.index ?? 0;
  const last = inView.at(-1)?.index ?? 0;

  useEffect(() => setSeen({ first, last }), [first, last]);
  useEffect(() => {
    setActive(0);
    scroller.current?.scrollTo?.({ top: 0 });
  }, [show, search]);

  const goTo = (index: number, column: string) => {
    const to = Math.max(0, Math.min(count - 1, index));
    setActive(to);
    virtualizer.scrollToIndex(to);
    // The row may have to be made first.
    requestAnimationFrame(() => focusIn(scroller.current, to, column));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE_STEP,
      PageUp: -PAGE_STEP,
    };
    const edge = event.ctrlKey || event.metaKey;
    const step = steps[event.key];
    const column = (event.target as HTMLElement).dataset.column ?? "edit";
    if (step) goTo(activeRow + step, column);
    else if (edge && event.key === "Home") goTo(0, column);
    else if (edge && event.key === "End") goTo(count - 1, column);
    else return;
    event.preventDefault();
  };

  if (error) return <ProblemCallout problem={asProblem(error)} />;
  return (
    <div
      className={styles.table}
      role="grid"
      tabIndex={-1}
      aria-label={t`People in the list`}
      aria-rowcount={count + 1}
      aria-colcount={4}
      data-testid="contact-table"
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.headGroup}>
        <div role="row" aria-rowindex={1} className={styles.head}>
          {[t`Row`, t`Contact`, t`State`, t`Remove`].map((title, at) => (
            <span role="columnheader" aria-colindex={at + 1} key={title}>
              {title}
            </span>
          ))}
        </div>
      </div>
      <div className={styles.scroller} ref={scroller} role="rowgroup">
        <div
          role="presentation"
          className={styles.canvas}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map((item) => (
            <div
              key={item.key}
              role="presentation"
              data-index={item.index}
              ref={virtualizer.measureElement}
              className={styles.place}
              style={{ transform: `translateY(${item.start}px)` }}
              onFocus={() => setActive(item.index)}
            >
              <ContactRow
                row={rowAt(item.index)}
                index={item.index}
                tabbable={item.index === activeRow}
                onGone={() => goTo(item.index, "remove")}
              />
            </div>
          ))}
        </div>
      </div>
      {count === 0 ? <Empty title={t`No row matches`} /> : null}
    </div>
  );
}

function focusIn(scroller: HTMLElement | null, index: number, column: string) {
  const row = scroller?.querySelector(`[data-index="${index}"]`);
  const control =
    row?.querySelector<HTMLElement>(`[data-column="${column}"]`) ??
    row?.querySelector<HTMLElement>("[data-column]");
  control?.focus();
}
