/** Whether a row can be used, why not, and what mends it in one press. */
import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../../../api/problems";
import type { Problem, Reason, ReasonCode, Row, RowState } from "../../../api/types";
import { Badge, type Tone } from "../../../components";
import { useRouter } from "../../../router";
import styles from "./ContactTable.module.css";
import { Suggestion } from "./Suggestion";
import { useAccept } from "./use-accept";

const TONES: Record<RowState, Tone> = { ready: "good", warning: "warning", error: "error" };

export function StateCell(props: {
  row: Row;
  name: string;
  id: string;
  severity: ReadonlyMap<ReasonCode, RowState>;
  tabIndex: number;
  problem: Problem | null;
}) {
  const { row, severity, tabIndex } = props;
  const { t } = useLingui();
  const { navigate } = useRouter();
  const { accept, error } = useAccept(row);
  const problem = props.problem ?? (error ? asProblem(error) : null);
  const first = row.reasons.find((reason) => reason.suggestion !== null);
  const tone = (reason: Reason) =>
    TONES[row.state === "ready" ? "ready" : (severity.get(reason.code) ?? row.state)];

  return (
    <span className={styles.state} id={props.id}>
      {problem ? <Badge tone="error">{problem.message || t`Not changed`}</Badge> : null}
      {row.reasons.length === 0 ? (
        <Badge tone={TONES[row.state]}>
          <Trans>Ready</Trans>
        </Badge>
      ) : null}
      {row.reasons.map((reason) => (
        <span key={`${reason.code} ${reason.field}`} className={styles.reason}>
          <Badge tone={tone(reason)}>{reason.message}</Badge>
          {reason.suggestion === null ? null : (
            <Suggestion
              row={row}
              reason={reason}
              first={reason === first}
              name={props.name}
              tabIndex={tabIndex}
              onAccept={accept}
            />
          )}
          {reason.request === null ? null : (
            <button
              type="button"
              className={styles.link}
              data-column="request"
              data-testid={`row-${row.id}-request`}
              tabIndex={tabIndex}
              aria-label={t`See it: the earlier request of ${props.name}`}
              onClick={() => reason.request && navigate("requests", { id: reason.request })}
            >
              <Trans>See it</Trans>
            </button>
          )}
        </span>
      ))}
      {row.state !== "error" && row.contact !== null && row.contact !== row.text ? (
        <span className={styles.sentAs}>
          <Trans>sent as {row.contact}</Trans>
        </span>
      ) : null}
    </span>
  );
}
