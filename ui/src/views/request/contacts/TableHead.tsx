/** The titles of the columns: pressing one orders by it, pressing it again turns the order round. */
import { useLingui } from "@lingui/react/macro";
import type { ListAsk, SortBy } from "../../../api/types";
import { Tick } from "../../../grid";
import type { TableColumn } from "./columns";
import styles from "./ContactTable.module.css";
import type { Selection } from "./selection";

export function TableHead(props: {
  columns: readonly TableColumn[];
  ask: ListAsk;
  onSort: (by: SortBy) => void;
  selection: Selection;
}) {
  const { by, descending } = props.ask.sort;
  const order = descending ? "descending" : "ascending";
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.head}>
        {props.columns.map(({ key, title, sort }, at) => (
          <span
            key={key}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={sort ? (sort === by ? order : "none") : undefined}
            className={styles.title}
            data-cell={key}
          >
            {key === "select" ? (
              <SelectAll selection={props.selection} />
            ) : sort ? (
              <button
                type="button"
                className={styles.sort}
                data-testid={`sort-${sort}`}
                onClick={() => props.onSort(sort)}
              >
                {title}
                <span aria-hidden="true">{sort === by ? (descending ? "↓" : "↑") : ""}</span>
              </button>
            ) : (
              <span className="visually-hidden">{title}</span>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

function SelectAll({ selection }: { selection: Selection }) {
  const { t } = useLingui();
  return (
    <Tick
      data-testid="select-all"
      aria-label={t`Select all rows shown`}
      checked={selection.all}
      mixed={!selection.all && selection.count > 0}
      onChange={selection.toggleAll}
    />
  );
}
