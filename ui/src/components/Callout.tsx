/** A boxed message in the page: what happened, then what to do. */
import type { ReactNode } from "react";
import type { Tone } from "./Badge";
import styles from "./Callout.module.css";

export interface CalloutProps {
  tone: Tone;
  title?: ReactNode;
  testId?: string;
  /** Something just went wrong: screen readers say it at once. */
  alert?: boolean;
  children?: ReactNode;
}

export function Callout({ tone, title, testId, alert, children }: CalloutProps) {
  return (
    <div
      className={styles.callout}
      data-tone={tone}
      data-testid={testId}
      role={alert ? "alert" : undefined}
    >
      {title ? <p className={styles.title}>{title}</p> : null}
      {children}
    </div>
  );
}
