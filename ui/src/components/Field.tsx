/** A control with its label, hint and error. The control gets the ids that tie the three to it. */
import { useId, type ReactNode } from "react";
import styles from "./Field.module.css";

export interface FieldProps {
  /** Wire path: names the control (`data-testid`, element id) and its error (`issue-<path>`). */
  path: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** Shown after the label, for the few fields that must be filled in. */
  required?: boolean;
  /** Width in characters the answer usually needs; full width without it. */
  size?: number;
  /** Wire name in small type beside the label. */
  wire?: string;
}

export interface ControlProps {
  id: string;
  "data-testid": string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  className: string;
}

/** The element id of the control at a wire path; error summaries send the focus there. */
export function controlId(path: string): string {
  return `field-${path}`;
}

export function Field(props: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const { path, label, hint, error, wire, children } = props;
  const unique = useId();
  const hintId = hint ? `${unique}-hint` : undefined;
  const errorId = error ? `${unique}-error` : undefined;
  const describedBy = [hintId, errorId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field} data-invalid={error ? true : undefined}>
      <label htmlFor={controlId(path)} className={styles.label}>
        {label}
        {wire ? <code className={styles.wire}> {wire}</code> : null}
      </label>
      {hint ? (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {children({
        id: controlId(path),
        "data-testid": path,
        "aria-describedby": describedBy,
        "aria-invalid": error ? true : undefined,
        className: styles.control ?? "",
      })}
      <FieldError path={path} id={errorId} error={error} />
    </div>
  );
}

export function FieldError(props: {
  path: string;
  id?: string | undefined;
  error?: string | undefined;
}) {
  if (!props.error) return null;
  return (
    <p id={props.id} className={styles.error} data-testid={`issue-${props.path}`}>
      <span aria-hidden="true">⚠ </span>
      {props.error}
    </p>
  );
}
