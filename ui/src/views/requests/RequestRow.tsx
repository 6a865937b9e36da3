import { Plural, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Badge } from "../../components";
import { useRouter } from "../../router";
import { Moment } from "./Moment";
import type { ListRow } from "./pages";
import { levelWords, stateWords } from "./states";
import { shortText } from "./times";
import styles from "./Requests.module.css";

export function RequestRow({ row, open }: { row: ListRow; open: boolean }) {
  const { navigate } = useRouter();
  const { i18n, t } = useLingui();
  const [nowMs] = useState(() => Date.now());
  const { tone, badge } = stateWords(row.state, row.practice);
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-testid={`request-row-${row.id}`}
        aria-current={open ? "true" : undefined}
        onClick={() => navigate("requests", { id: row.id })}
      >
        <span className={styles.name}>{row.name || row.firstContact}</span>
        <span className={styles.state}>
          <Badge tone={tone}>{i18n._(badge)}</Badge>
        </span>
        <span className={styles.facts}>
          <Moment atMs={row.createdAtMs} text={shortText(row.createdAtMs, nowMs)} />
          <span>
            <Plural value={row.people} one="# person" other="# people" />
          </span>
          <span>{i18n._(levelWords(row.securityLevel))}</span>
          <span>{row.practice ? t`Practice` : row.connectionName}</span>
          {row.number === null ? null : <span>#{i18n.number(row.number)}</span>}
          {row.internalId ? <span>{row.internalId}</span> : null}
        </span>
      </button>
    </li>
  );
}
