/** Ticks a row, or all of them: a box that is easy to hit. */
import type { InputHTMLAttributes } from "react";
import styles from "./Grid.module.css";

export interface TickProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Some are ticked, some are not. */
  mixed?: boolean;
}

export function Tick({ mixed = false, ...input }: TickProps) {
  return (
    <label className={styles.tick}>
      <input
        {...input}
        type="checkbox"
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
      />
    </label>
  );
}
