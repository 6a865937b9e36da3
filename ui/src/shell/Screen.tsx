/** One screen inside the shell: its title, which takes focus when the officer arrives, its body and its rail. */
import { useEffect, useRef, type ReactNode } from "react";
import { useRouter } from "../router";
import styles from "./Shell.module.css";

export interface ScreenProps {
  title: string;
  titleTestId?: string;
  /** A line under the title. */
  note?: ReactNode;
  /** The error summary is showing: the window's title says so first. */
  hasErrors?: boolean;
  /** Right-hand column; under 1000 px it comes after the body. */
  rail?: ReactNode;
  railLabel?: string;
  /** The rail holds a page rather than a summary and gets more room. */
  wideRail?: boolean;
  children: ReactNode;
}

export function Screen({
  title,
  titleTestId,
  note,
  hasErrors,
  rail,
  railLabel,
  wideRail,
  children,
}: ScreenProps) {
  return (
    <div className={styles.screen} data-wide-rail={wideRail || undefined}>
      <main className={styles.main} id="main">
        <ScreenTitle title={title} testId={titleTestId} hasErrors={hasErrors} />
        {note ? <div className={styles.note}>{note}</div> : null}
        {children}
      </main>
      {rail ? (
        <aside className={styles.rail} data-testid="rail" aria-label={railLabel ?? title}>
          {rail}
        </aside>
      ) : null}
    </div>
  );
}

/** The h1 of a screen; also used by the screens that stand outside the shell. */
export function ScreenTitle(props: { title: string; testId?: string; hasErrors?: boolean }) {
  const { title, testId, hasErrors = false } = props;
  const { visit } = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    // Not on the very first screen: there the keyboard starts at the skip link.
    if (visit > 0) heading.current?.focus();
  }, [visit]);

  useEffect(() => {
    document.title = `${hasErrors ? "Error: " : ""}${title} - Countersign`;
  }, [title, hasErrors]);

  return (
    <h1 ref={heading} tabIndex={-1} data-testid={testId}>
      {title}
    </h1>
  );
}
