/** All problems of a form in one box at its top; takes focus when it appears and leads to each field. */
import { Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { controlId } from "./Field";
import styles from "./ErrorSummary.module.css";

export interface SummaryLine {
  /** Path of the control to go to; null where no control can mend it. */
  control: string | null;
  message: string;
}

export interface ErrorSummaryProps {
  lines: readonly SummaryLine[];
  /** Changes each time the officer asks for a check, so that the box takes focus again. */
  asked: number;
}

export function ErrorSummary({ lines, asked }: ErrorSummaryProps) {
  return lines.length > 0 ? <Box key={asked} lines={lines} /> : null;
}

function Box({ lines }: { lines: readonly SummaryLine[] }) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => box.current?.focus(), []);

  return (
    <div
      ref={box}
      className={styles.summary}
      data-testid="error-summary"
      role="alert"
      tabIndex={-1}
      aria-labelledby="error-summary-title"
    >
      <h2 id="error-summary-title" className={styles.title}>
        <Trans>There is a problem</Trans>
      </h2>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={`${line.control} ${line.message}`}>
            {line.control === null ? (
              line.message
            ) : (
              <a
                href={`#${controlId(line.control)}`}
                onClick={(event) => {
                  event.preventDefault();
                  goToControl(line.control);
                }}
              >
                {line.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Focuses the control at a path, its label in view. */
export function goToControl(path: string | null) {
  const control = path === null ? null : document.getElementById(controlId(path));
  if (!control) return;
  const radio = control.querySelector<HTMLElement>(":scope input[type=radio]");
  (radio ?? control).focus({ preventScroll: true });
  const label = document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  (label ?? control).scrollIntoView?.({ block: "start" });
}
