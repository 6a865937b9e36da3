/** How far something is, in parts that differ by more than their colour. */
import styles from "./Meter.module.css";

export interface MeterPart {
  value: number;
  /** error is hatched, warning dotted; at most one part of each. */
  tone?: "error" | "warning";
}

export interface MeterProps {
  label: string;
  /** What a screen reader says of it; the percentage without it. */
  text?: string | undefined;
  all: number;
  /** Null where it is not known how far it is. */
  parts: readonly MeterPart[] | null;
  testId?: string;
}

export function Meter({ label, text, all, parts, testId }: MeterProps) {
  const done = parts?.reduce((sum, { value }) => sum + value, 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={all}
      aria-valuenow={done}
      aria-valuetext={text}
      className={styles.track}
      data-testid={testId}
    >
      {parts === null ? (
        <div className={styles.unknown} />
      ) : (
        parts.map(({ value, tone = "done" }) => (
          <div
            key={tone}
            className={styles.part}
            data-tone={tone}
            data-empty={value === 0 || undefined}
            style={{ width: `${all > 0 ? (100 * value) / all : 0}%` }}
          />
        ))
      )}
    </div>
  );
}
