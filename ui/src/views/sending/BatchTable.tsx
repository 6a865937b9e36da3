/** All requests of a batch: filtered, searched, ticked, and acted upon. Only the rows in view exist as elements. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useRef, useState, type Ref } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { BatchView, RequestListRow, RequestState } from "../../api/types";
import { Button, Empty, ProblemCallout, useLater } from "../../components";
import { GridRows, PartBar, Tick, useCountSaid, useGrid, useGridKeys } from "../../grid";
import { usePlatform } from "../../platform";
import { BatchRow } from "./BatchRow";
import styles from "./BatchTable.module.css";
import { SelectedActions } from "./SelectedActions";
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
  const platform = usePlatform();
  const [typed, setTyped] = useState("");
  const search = useLater(typed.trim(), SEARCH_AFTER_MS);
  const ask = useMemo(() => ({ id: batch.id, state, search }), [batch.id, state, search]);
  const box = useRef<HTMLDivElement>(null);
  const grid = useGrid<RequestListRow>(box, {
    key: [...KEYS.batchRequests, ask],
    read: (offset, limit) => platform.batchRequests({ ...ask, offset, limit }),
    ask,
    home: "select",
  });
  const onKeyDown = useGridKeys(grid);
  const inView = grid.items.flatMap(({ index }) => grid.rowAt(index) ?? []);
  const selection = useRequestSelection(ask, grid.count, inView);
  const chip = STATE_CHIPS.find((one) => one.state === state);
  useCountSaid(`${state} ${search}`, grid.settled ? grid.count : null, (count) =>
    plural(count, { one: "# request found", other: "# requests found" }),
  );
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
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={styles.headGroup}>
          <div role="row" aria-rowindex={1} className={styles.head}>
            {columns.map((title, at) => (
              <span key={title} role="columnheader" aria-colindex={at + 1}>
                {at === 0 ? (
                  <Tick
                    data-testid="batch-select-all"
                    aria-label={t`Select all requests shown`}
                    checked={selection.all}
                    mixed={!selection.all && selection.count > 0}
                    aria-busy={selection.reading || undefined}
                    onChange={selection.toggleAll}
                  />
                ) : at === columns.length - 1 ? (
                  <span className="visually-hidden">{title}</span>
                ) : (
                  title
                )}
              </span>
            ))}
          </div>
        </div>
        <GridRows grid={grid}>
          {(row, index) => (
            <BatchRow
              row={row}
              index={index}
              tabbable={index === grid.activeRow}
              selection={selection}
            />
          )}
        </GridRows>
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
