/** A page before the shell: one calm column. Its title takes focus when `step` changes. */
import { useEffect, useRef, type ReactNode } from "react";
import { ScreenTitle } from "../../shell/Screen";
import styles from "./OutsidePage.module.css";

export function OutsidePage(props: { title: string; step?: string; children: ReactNode }) {
  const { step } = props;
  const page = useRef<HTMLElement>(null);
  const shown = useRef(step);

  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    page.current?.querySelector<HTMLElement>("h1")?.focus();
  }, [step]);

  return (
    <div className={styles.window}>
      <main className={styles.page} id="main" ref={page}>
        <p className={styles.brand}>Countersign</p>
        <ScreenTitle title={props.title} />
        {props.children}
      </main>
    </div>
  );
}
