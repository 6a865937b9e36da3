/** A payload that was kept as it came, tried again: a profile may have been added since. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { asProblem } from "../api/problems";
import type { AnswerView, OpenResult } from "../api/types";
import { Button, focusSoon, ProblemCallout, useAnnounce } from "../components";
import { usePlatform } from "../platform";
import { useAnswersChanged } from "./changed";
import { OutcomeWords } from "./OutcomeWords";
import { headline, outcomeWords } from "./words";

export interface RetryAnswerProps {
  view: AnswerView;
  onOpened?: ((result: OpenResult) => void) | undefined;
}

export function RetryAnswer({ view, onOpened }: RetryAnswerProps) {
  const platform = usePlatform();
  const announce = useAnnounce();
  const changed = useAnswersChanged();
  const { i18n } = useLingui();
  const retry = useMutation({
    mutationFn: () => platform.retryAnswer(view.id),
    onSuccess: (result) => {
      const answer = result.outcome === "opened" ? result.answer?.answer : null;
      announce(answer ? headline(answer, i18n) : outcomeWords(result, true, i18n));
      changed();
      if (result.outcome !== "opened") return;
      onOpened?.(result);
      // The button that was pressed goes.
      focusSoon(`[data-testid="answer-${CSS.escape(view.id)}"]`, "#main h1");
    },
  });
  return (
    <>
      <div>
        <Button
          testId={`answer-${view.id}-retry`}
          isPending={retry.isPending}
          onPress={() => retry.mutate()}
        >
          {retry.isPending ? <Trans>Trying again…</Trans> : <Trans>Try again</Trans>}
        </Button>
      </div>
      {retry.data && retry.data.outcome !== "opened" ? (
        <OutcomeWords result={retry.data} again />
      ) : null}
      {retry.isError ? <ProblemCallout problem={asProblem(retry.error)} /> : null}
    </>
  );
}
