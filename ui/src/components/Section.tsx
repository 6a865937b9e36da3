/** A titled box of a form or page. */
import { useId, type ReactNode } from "react";
import styles from "./Section.module.css";

export function Section(props: {
  title: ReactNode;
  hint?: ReactNode;
  testId?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id} data-testid={props.testId}>
      <h2 id={id}>{props.title}</h2>
      {props.hint ? <p className={styles.hint}>{props.hint}</p> : null}
      {props.children}
    </section>
  );
}
