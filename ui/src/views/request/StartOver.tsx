/** Throws the draft and the list away, after asking. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { Problem } from "../../api/types";
import { Button, ConfirmDialog, ProblemCallout } from "../../components";
import { useRouter } from "../../router";
import { useFormStore } from "./FormProvider";

export function StartOver() {
  const { t } = useLingui();
  const store = useFormStore();
  const client = useQueryClient();
  const { navigate } = useRouter();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const startOver = async () => {
    setAsking(false);
    try {
      await store.reset();
      void client.invalidateQueries({ queryKey: KEYS.list });
      setProblem(null);
      // To the top of the empty form.
      navigate("request");
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };

  return (
    <div>
      {problem ? <ProblemCallout problem={problem} /> : null}
      <Button kind="quiet" testId="start-over" onPress={() => setAsking(true)}>
        <Trans>Start over…</Trans>
      </Button>
      <ConfirmDialog
        open={asking}
        title={t`Start over?`}
        confirmLabel={t`Empty the form and the list`}
        confirmTestId="confirm-start-over"
        cancelLabel={t`Keep them`}
        kind="danger"
        onClose={() => setAsking(false)}
        onConfirm={() => void startOver()}
      >
        <p>
          <Trans>
            What you filled in and the people in the list are thrown away. Your files stay.
          </Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
