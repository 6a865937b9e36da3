/** A state in words with a sign: colour is never alone. */
import type { ReactNode } from "react";
import styles from "./Badge.module.css";

export type Tone = "good" | "warning" | "error" | "neutral";

const SIGNS: Record<Tone, string> = { good: "✓", warning: "!", error: "✕", neutral: "•" };

export function Badge(props: { tone: Tone; testId?: string; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={props.tone} data-testid={props.testId}>
      <span aria-hidden="true">{SIGNS[props.tone]}</span>
      <span>{props.children}</span>
    </span>
  );
}
