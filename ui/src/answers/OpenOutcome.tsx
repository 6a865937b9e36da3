/** What came of opening a payload, with the answer if there is one. */
import { useState } from "react";
import type { OpenResult } from "../api/types";
import { AnswerCard } from "./AnswerCard";
import styles from "./Answers.module.css";
import { OutcomeWords, type OutcomeWordsProps } from "./OutcomeWords";

export function OpenOutcome(props: OutcomeWordsProps) {
  // Known but never opened, it may be tried again from its card.
  const [retried, setRetried] = useState<OpenResult | null>(null);
  const isRetried = retried !== null && retried.answer?.id === props.result.answer?.id;
  const result = isRetried ? retried : props.result;
  const shown = shownIn(result);
  return (
    <div className={styles.outcome}>
      <OutcomeWords {...props} result={result} />
      {shown ? <AnswerCard view={shown} away onOpened={setRetried} /> : null}
    </div>
  );
}

/** The answer whose card stands with the outcome. */
export function shownIn({ outcome, answer }: OpenResult) {
  return outcome === "opened" || outcome === "known" ? answer : null;
}
