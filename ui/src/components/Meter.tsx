/** How far something is, in parts that differ by more than their colour. */
import styles from "./Meter.module.css";

export interface MeterPart {
  value: number;
  /** error is hatched, warning dotted. */
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
        parts.map(({ value, tone }, at) => (
          <div
            // Parts keep their place.
            // oxlint-disable-next-line react/no-array-index-key
            key={at}
            className={styles.part}
            data-tone={tone}
            style={{ width: `${all > 0 ? (100 * value) / all : 0}%` }}
          />
        ))
      )}
    </div>
  );
}
