/** All requests of a batch: filtered, searched, ticked, and acted upon. Only the rows in view exist as elements. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useMemo, useRef, useState, type Ref } from "react";
import { asProblem } from "../../api/problems";
import type { BatchView, RequestState } from "../../api/types";
import { Button, Empty, ProblemCallout, useAnnounce } from "../../components";
import { PartBar } from "../request/contacts/PartBar";
import { BatchRow } from "./BatchRow";
import styles from "./BatchTable.module.css";
import { SelectedActions } from "./SelectedActions";
import { useRequestGrid } from "./use-request-grid";
import { useRequestSelection } from "./use-request-selection";
import { STATE_CHIPS } from "./words";

const SEARCH_AFTER_MS = 250;

export function BatchTable({
  batch,
  state,
  onState,
  ref,
}: {
  batch: BatchView;
  state: RequestState | null;
  onState: (state: RequestState | null) => void;
  ref?: Ref<HTMLElement>;
}) {
  const { t, i18n } = useLingui();
  const [typed, setTyped] = useState("");
  const search = useLater(typed.trim(), SEARCH_AFTER_MS);
  const ask = useMemo(() => ({ id: batch.id, state, search }), [batch.id, state, search]);
  const box = useRef<HTMLDivElement>(null);
  const grid = useRequestGrid(box, ask);
  const inView = grid.items.flatMap(({ index }) => grid.rowAt(index) ?? []);
  const selection = useRequestSelection(ask, grid.count, inView);
  const chip = STATE_CHIPS.find((one) => one.state === state);
  useFoundSaid(grid.settled ? grid.count : null, `${state} ${search}`);
  const columns = [t`Select`, t`Number`, t`People`, t`State`, t`Open`];

  return (
    <section ref={ref} className={styles.section} aria-labelledby="batch-requests-title">
      <div className={styles.bar}>
        <h2 id="batch-requests-title" tabIndex={-1}>
          <Trans>Requests</Trans>
        </h2>
        {chip ? (
          <Button testId="show-all-states" onPress={() => onState(null)}>
            <Trans>
              Only “{i18n._(chip.label)}”<span aria-hidden="true"> ✕</span>
              <span className="visually-hidden">, show all</span>
            </Trans>
          </Button>
        ) : null}
        <input
          type="search"
          className={styles.search}
          data-testid="batch-search"
          aria-label={t`Search by contact or your reference`}
          placeholder={t`Contact or reference`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <SelectedActions batch={batch} selection={selection} />
      {grid.error ? <ProblemCallout problem={asProblem(grid.error)} /> : null}
      <div
        ref={box}
        className={styles.table}
        role="grid"
        tabIndex={-1}
        aria-label={t`Requests of this batch`}
        aria-multiselectable
        aria-rowcount={grid.count + 1}
        aria-colcount={columns.length}
        data-testid="batch-table"
        onKeyDown={grid.onKeyDown}
      >
        <div role="rowgroup" className={styles.headGroup}>
          <div role="row" aria-rowindex={1} className={styles.head}>
            {columns.map((title, at) => (
              <span key={title} role="columnheader" aria-colindex={at + 1}>
                {at === 0 ? (
                  <label className={styles.tick}>
                    <input
                      type="checkbox"
                      data-testid="batch-select-all"
                      aria-label={t`Select all requests shown`}
                      checked={selection.all}
                      aria-busy={selection.reading || undefined}
                      ref={(input) => {
                        if (input) input.indeterminate = !selection.all && selection.count > 0;
                      }}
                      onChange={selection.toggleAll}
                    />
                  </label>
                ) : at === columns.length - 1 ? (
                  <span className="visually-hidden">{title}</span>
                ) : (
                  title
                )}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.canvas} style={{ height: grid.height }}>
          {grid.items.map(({ index, top }) => (
            <div
              key={index}
              role="presentation"
              data-index={index - grid.base}
              data-row={index}
              ref={grid.measure}
              className={styles.place}
              style={{ transform: `translateY(${top}px)` }}
              onFocus={() => grid.setActive(index)}
            >
              <BatchRow
                row={grid.rowAt(index)}
                index={index}
                tabbable={index === grid.activeRow}
                selection={selection}
              />
            </div>
          ))}
        </div>
      </div>
      {grid.loaded && grid.count === 0 ? (
        <Empty title={<Trans>No request matches</Trans>} testId="batch-no-match">
          <Button
            testId="batch-show-all"
            onPress={() => {
              setTyped("");
              onState(null);
            }}
          >
            <Trans>Show all requests</Trans>
          </Button>
        </Empty>
      ) : (
        <p className={styles.soft} data-testid="batch-shown">
          <Plural value={grid.count} one="# request" other="# requests" />
        </p>
      )}
      {grid.part.of > 1 ? (
        <PartBar part={grid.part} total={grid.count} onGo={grid.goToPart} />
      ) : null}
    </section>
  );
}

/** How many match, once that is known; only what the officer asked for is said, not what sending changes. */
function useFoundSaid(count: number | null, asked: string) {
  const announce = useAnnounce();
  const said = useRef(asked);
  useEffect(() => {
    if (count === null || said.current === asked) return;
    said.current = asked;
    announce(plural(count, { one: "# request found", other: "# requests found" }));
  }, [count, asked, announce]);
}

/** The value once it has stood still; the empty one at once. */
function useLater(value: string, afterMs: number): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), value ? afterMs : 0);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return later;
}
