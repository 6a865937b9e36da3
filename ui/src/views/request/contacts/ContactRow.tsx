/** One row of the list: ticked, corrected in place, or removed. */
import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { asProblem } from "../../../api/problems";
import type { ReasonCode, Row, RowState } from "../../../api/types";
import { useAnnounce } from "../../../components";
import { Tick } from "../../../grid";
import { useListCommand } from "../list";
import { Cell } from "./Cell";
import type { TableColumn } from "./columns";
import styles from "./ContactTable.module.css";
import { useListAtWork } from "./progress";
import type { Selection } from "./selection";
import { StateCell } from "./StateCell";

interface ContactRowProps {
  /** Undefined while its page is on its way. */
  row: Row | undefined;
  /** Where it came from, if that must be said. */
  file: string | undefined;
  index: number;
  columns: readonly TableColumn[];
  /** How bad each reason is. */
  severity: ReadonlyMap<ReasonCode, RowState>;
  /** The one row of the grid that Tab reaches. */
  tabbable: boolean;
  selection: Selection;
}

export function ContactRow({ row, ...props }: ContactRowProps) {
  if (row) return <LoadedRow key={row.id} row={row} {...props} />;
  return (
    <div role="row" aria-rowindex={props.index + 2} className={styles.row}>
      <span role="gridcell" aria-colindex={3}>
        …
      </span>
    </div>
  );
}

function LoadedRow({ row, ...props }: ContactRowProps & { row: Row }) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const { busy } = useListAtWork();
  const stateId = useId();
  const tabIndex = props.tabbable ? 0 : -1;
  // What was added by hand has no line.
  const numbered = props.file ? t`row ${row.line} of ${props.file}` : t`row ${row.line}`;
  const name = row.line > 0 ? numbered : row.text || t`the empty row`;

  const remove = useListCommand(
    (platform) => platform.listRemove([row.id]),
    () => announce(t`Removed: ${name}.`),
  );

  const cell = ({ key, title }: TableColumn) => {
    switch (key) {
      case "select":
        return (
          <Tick
            data-testid={`row-${row.id}-select`}
            data-column="select"
            tabIndex={tabIndex}
            aria-label={t`Select ${name}`}
            checked={props.selection.has(row.id)}
            disabled={props.selection.fixed}
            onChange={() => props.selection.toggle(row.id)}
          />
        );
      case "file":
        return row.line > 0 ? row.line : "–";
      case "state":
        return (
          <StateCell
            row={row}
            name={name}
            id={stateId}
            severity={props.severity}
            tabIndex={tabIndex}
            problem={remove.error ? asProblem(remove.error) : null}
          />
        );
      case "remove":
        return (
          <button
            type="button"
            className={styles.remove}
            data-column="remove"
            data-testid={`row-${row.id}-remove`}
            tabIndex={tabIndex}
            aria-disabled={busy || undefined}
            aria-label={t`Remove ${name}, ${row.text}`}
            onClick={() => !busy && !remove.isPending && remove.mutate()}
          >
            ✕
          </button>
        );
      default:
        return (
          <Cell
            row={row}
            field={key}
            title={title}
            name={name}
            tabIndex={tabIndex}
            describedBy={stateId}
          />
        );
    }
  };

  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      className={styles.row}
      data-testid={`row-${row.id}`}
      data-state={row.state}
      aria-selected={props.selection.has(row.id)}
    >
      {props.columns.map((column, at) => (
        <span
          key={column.key}
          role="gridcell"
          aria-colindex={at + 1}
          className={styles.cell}
          data-cell={column.key}
          title={column.key === "file" ? props.file : undefined}
        >
          {cell(column)}
        </span>
      ))}
    </div>
  );
}
