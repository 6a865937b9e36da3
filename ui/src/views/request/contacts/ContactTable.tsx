/**
 * The list as a grid: only the rows in view (and the one with the focus) exist as elements.
 * Up and Down go from row to row; Tab goes through the controls of one row and then out.
 */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo, type CSSProperties } from "react";
import { asProblem } from "../../../api/problems";
import type { Problem, ReasonCode, Row, RowState, Summary } from "../../../api/types";
import { Button, Empty, ProblemCallout } from "../../../components";
import { GridRows, PartBar, useGridKeys } from "../../../grid";
import type { AskControls } from "./ask";
import { layoutOf, useColumns } from "./columns";
import { ContactRow } from "./ContactRow";
import styles from "./ContactTable.module.css";
import { useSelection } from "./selection";
import { reveal } from "./reveal";
import { SelectionBar } from "./SelectionBar";
import { TableHead } from "./TableHead";
import { useRemoval } from "./use-removal";
import { useContactGrid } from "./use-contact-grid";
import { useHandover } from "./use-handover";
import { useKeptFocus } from "./use-kept-focus";

export function ContactTable(props: {
  summary: Summary;
  controls: AskControls;
  onProblem: (problem: Problem | null) => void;
}) {
  const { summary, controls, onProblem } = props;
  const { ask } = controls;
  const { t } = useLingui();
  const box = useHandover<HTMLDivElement>();
  const grid = useContactGrid(box, ask, summary.all);
  const selection = useSelection(ask, summary.all, grid.count);
  const settled = grid.settled && controls.typed.trim() === ask.search;
  const removal = useRemoval(selection, ask, settled, onProblem);
  const columns = useColumns(summary.fields);
  const { tracks, width } = layoutOf(columns);
  const onKeyDown = useGridKeys(grid, selection.count > 0 ? removal.ask : null);
  const kept = useKeptFocus((column) => {
    if (!grid.loaded) return;
    if (grid.count > 0) grid.focusIn(grid.activeRow, column);
    else document.querySelector<HTMLElement>("[data-testid=show-all]")?.focus();
  });
  const severity = useMemo(
    () => new Map<ReasonCode, RowState>(summary.reasons.map((one) => [one.code, one.state])),
    [summary.reasons],
  );

  const files = summary.sources.filter((source) => source.rows > 0).length;
  // With one file its lines need no name.
  const fileOf = (row: Row | undefined) =>
    row && files > 1 ? summary.sources[row.source]?.name : undefined;

  if (grid.error) return <ProblemCallout problem={asProblem(grid.error)} />;
  return (
    <div className={styles.frame}>
      {selection.count > 0 ? <SelectionBar selection={selection} removal={removal} /> : null}
      {removal.dialog}
      <div
        ref={box}
        className={styles.table}
        style={{ "--tracks": tracks, "--width": width } as CSSProperties}
        role="grid"
        tabIndex={-1}
        aria-label={t`People in the list`}
        aria-multiselectable
        aria-rowcount={grid.count + 1}
        aria-colcount={columns.length}
        data-scrolls={summary.fields.length > 1 || undefined}
        data-testid="contact-table"
        onKeyDown={onKeyDown}
        onBlur={kept.onBlur}
        onFocus={(event) => {
          kept.onFocus(event);
          reveal(box.current, event.target);
        }}
      >
        <TableHead columns={columns} ask={ask} onSort={controls.sort} selection={selection} />
        <GridRows grid={grid}>
          {(row, index) => (
            <ContactRow
              row={row}
              file={fileOf(row)}
              index={index}
              columns={columns}
              severity={severity}
              tabbable={index === grid.activeRow}
              selection={selection}
            />
          )}
        </GridRows>
      </div>
      {grid.loaded && grid.count === 0 ? <NoMatch onShowAll={controls.showAll} /> : null}
      {grid.part.of > 1 ? (
        <PartBar part={grid.part} total={grid.count} onGo={grid.goToPart} />
      ) : null}
    </div>
  );
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const { t } = useLingui();
  const box = useHandover<HTMLDivElement>();
  return (
    <div ref={box}>
      <Empty title={t`No row matches`}>
        <Button testId="show-all" onPress={onShowAll}>
          <Trans>Show all rows</Trans>
        </Button>
      </Empty>
    </div>
  );
}
