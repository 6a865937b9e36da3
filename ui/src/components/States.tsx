/** What stands in for content that is on its way, or that is not there yet. */
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import styles from "./States.module.css";

export function Loading() {
  return (
    <p className={styles.state} role="status">
      <Trans>One moment…</Trans>
    </p>
  );
}

export function Empty(props: { title: ReactNode; children?: ReactNode; testId?: string }) {
  return (
    <div className={styles.state} data-testid={props.testId}>
      <p className={styles.title}>{props.title}</p>
      {props.children}
    </div>
  );
}
