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
  error?: string | undefined;
}

export function Check({ path, label, value, onChange, error }: CheckProps) {
  const errorId = `${controlId(path)}-error`;
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
          aria-describedby={error ? errorId : undefined}
        />
        <span>{label}</span>
      </label>
      <FieldError path={path} id={errorId} error={error} />
    </div>
  );
}
