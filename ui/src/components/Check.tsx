/** One thing that is so or not. */
import type { ReactNode } from "react";
import { controlId, FieldError } from "./Field";
import styles from "./Check.module.css";

export interface CheckProps {
  /** Wire path, as of a `Field`. */
  path: string;
  label: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
  hint?: ReactNode;
  disabled?: boolean;
  error?: string | undefined;
}

export function Check({ path, label, value, onChange, hint, disabled, error }: CheckProps) {
  const hintId = hint ? `${controlId(path)}-hint` : undefined;
  const errorId = error ? `${controlId(path)}-error` : undefined;
  return (
    <div>
      <label className={styles.check} htmlFor={controlId(path)}>
        <input
          type="checkbox"
          id={controlId(path)}
          data-testid={path}
          checked={value}
          onChange={(event) => onChange(event.target.checked)}
          aria-invalid={error ? true : undefined}
          disabled={disabled}
          aria-describedby={[hintId, errorId].filter(Boolean).join(" ") || undefined}
        />
        <span>{label}</span>
      </label>
      {hint ? (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      <FieldError path={path} id={errorId} error={error} />
    </div>
  );
}
