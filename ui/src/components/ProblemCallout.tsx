/** What the shell refused, in the words of the one table, with the shell's own words below. */
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { PROBLEMS } from "../api/problems";
import type { Problem } from "../api/types";
import { Callout } from "./Callout";
import styles from "./Callout.module.css";

export function ProblemCallout(props: { problem: Problem; testId?: string; children?: ReactNode }) {
  const { i18n } = useLingui();
  const { severity, text, action } = PROBLEMS[props.problem.code];
  return (
    <Callout tone={severity} title={i18n._(text)} testId={props.testId ?? "problem"} alert>
      <p>{i18n._(action)}</p>
      {props.problem.message ? <p className={styles.said}>{props.problem.message}</p> : null}
      {props.children}
    </Callout>
  );
}
