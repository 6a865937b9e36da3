/** What a cell probably should be: never used without being accepted, for this row or for all alike. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Reason, Row } from "../../../api/types";
import styles from "./ContactTable.module.css";

export function Suggestion(props: {
  row: Row;
  reason: Reason;
  /** Of the row's suggestions; the others are named by their reason too. */
  first: boolean;
  name: string;
  tabIndex: number;
  onAccept: (reason: Reason, alike: boolean) => void;
}) {
  const { row, reason, name, tabIndex } = props;
  const { t, i18n } = useLingui();
  const suffix = props.first ? "" : `-${reason.code}`;
  const alike = i18n.number(reason.alike);
  return (
    <>
      <button
        type="button"
        className={styles.link}
        data-column={`accept${suffix}`}
        data-testid={`row-${row.id}-accept${suffix}`}
        tabIndex={tabIndex}
        aria-label={t`Accept ${reason.suggestion ?? ""} in ${name}`}
        title={reason.suggestion ?? undefined}
        onClick={() => props.onAccept(reason, false)}
      >
        <Trans>Accept</Trans>
      </button>
      {reason.alike > 1 ? (
        <button
          type="button"
          className={styles.link}
          data-column={`accept-alike${suffix}`}
          data-testid={`row-${row.id}-accept-alike${suffix}`}
          tabIndex={tabIndex}
          aria-label={t`Accept the suggestions, all ${alike} alike`}
          onClick={() => props.onAccept(reason, true)}
        >
          <Trans>all {alike} alike</Trans>
        </button>
      ) : null}
    </>
  );
}
