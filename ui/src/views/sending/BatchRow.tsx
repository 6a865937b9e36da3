/** One request of a batch: ticked, or opened. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { RequestListRow } from "../../api/types";
import { Badge } from "../../components";
import { Tick } from "../../grid";
import { useRouter } from "../../router";
import { stateWords } from "../requests/states";
import styles from "./BatchTable.module.css";
import { shortState } from "./words";
import type { RequestSelection } from "./use-request-selection";

export function BatchRow(props: {
  /** Undefined while its page is on its way. */
  row: RequestListRow | undefined;
  index: number;
  tabbable: boolean;
  selection: RequestSelection;
}) {
  const { row, index, selection } = props;
  const { t, i18n } = useLingui();
  const { navigate } = useRouter();
  if (!row) {
    return (
      <div role="row" aria-rowindex={index + 2} className={styles.row}>
        <span role="gridcell" aria-colindex={3}>
          …
        </span>
      </div>
    );
  }
  const tabIndex = props.tabbable ? 0 : -1;
  const number = i18n.number(row.number ?? index + 1);
  const name = t`request #${number}`;
  const { tone } = stateWords(row.state, row.practice);
  const more = row.people - 1;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selection.has(row.id)}
      className={styles.row}
      data-testid="batch-row"
      data-request={row.id}
      data-state={row.state}
    >
      <span role="gridcell" aria-colindex={1}>
        <Tick
          data-column="select"
          data-testid={`batch-select-${row.number ?? index + 1}`}
          tabIndex={tabIndex}
          aria-label={t`Select ${name}, ${row.firstContact}`}
          checked={selection.has(row.id)}
          onChange={() => selection.toggle(row)}
        />
      </span>
      <span role="gridcell" aria-colindex={2} className={styles.number}>
        #{number}
      </span>
      <span role="gridcell" aria-colindex={3} className={styles.people}>
        {row.firstContact}
        {more > 0 ? (
          <span className={styles.soft}>
            {" "}
            <Plural value={more} one="and # more" other="and # more" />
          </span>
        ) : null}
      </span>
      <span role="gridcell" aria-colindex={4}>
        <Badge tone={tone}>{i18n._(shortState(row.state))}</Badge>
      </span>
      <span role="gridcell" aria-colindex={5}>
        <button
          type="button"
          className={styles.open}
          data-column="open"
          data-testid={`batch-open-${row.number ?? index + 1}`}
          tabIndex={tabIndex}
          aria-label={t`Open ${name}: ${row.firstContact}, ${plural(row.people, { one: "# person", other: "# people" })}`}
          onClick={() => navigate("requests", { id: row.id })}
        >
          <Trans>Open</Trans>
        </button>
      </span>
    </div>
  );
}
