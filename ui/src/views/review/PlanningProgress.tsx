/** A batch is being written down, before anything is sent: how far, and a way to end it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { asProblem } from "../../api/problems";
import type { PlanProgress } from "../../api/types";
import { Button, Meter, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./ReviewView.module.css";

export function PlanningProgress({ progress }: { progress: PlanProgress | null }) {
  const { t, i18n } = useLingui();
  const platform = usePlatform();
  const announce = useAnnounce();
  const box = useRef<HTMLDivElement>(null);
  const end = useMutation({ mutationFn: () => platform.cancelPlanning() });
  const done = i18n.number(progress?.done ?? 0);
  const all = i18n.number(progress?.all ?? 0);

  useEffect(() => {
    // What was pressed to get here is gone.
    box.current?.focus();
    announce(t`Writing the requests down. Nothing is sent yet.`);
  }, [announce, t]);

  return (
    <div
      ref={box}
      className={styles.planning}
      tabIndex={-1}
      role="group"
      aria-label={t`Writing the requests down`}
      data-testid="plan-progress"
    >
      <p>
        {progress ? (
          <Trans>
            Writing the requests down: {done} of {all}. Nothing is sent yet.
          </Trans>
        ) : (
          <Trans>Writing the requests down. Nothing is sent yet.</Trans>
        )}
      </p>
      <Meter
        label={t`Writing the requests down`}
        text={progress ? t`${done} of ${all}` : undefined}
        all={progress?.all ?? 0}
        parts={progress ? [{ value: progress.done }] : null}
      />
      {end.isError ? <ProblemCallout problem={asProblem(end.error)} /> : null}
      <div>
        <Button testId="cancel-planning" isPending={end.isPending} onPress={() => end.mutate()}>
          {end.isPending ? <Trans>Ending…</Trans> : <Trans>Cancel</Trans>}
        </Button>
      </div>
    </div>
  );
}
