/** Pause, resume, stop, retry. What makes no sense now stays in place and says why. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type ReactNode } from "react";
import { asProblem } from "../../api/problems";
import type { BatchView } from "../../api/types";
import { Button, ConfirmDialog, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform, type Platform } from "../../platform";
import { isOpen, useBatchChanged, useBatchCommand } from "./batches";
import styles from "./Sending.module.css";
import { putBackText } from "./words";

export function Control({ batch }: { batch: BatchView }) {
  const { t, i18n } = useLingui();
  const announce = useAnnounce();
  const [stopping, setStopping] = useState(false);
  const turn = useTurn(batch);
  const refused = batch.counts.refused.requests;
  const retry = useBatchCommand(
    batch.id,
    (platform) => platform.resendRefused(batch.id, null),
    (count) => announce(putBackText(count)),
  );
  const { state, turning, counts } = batch;
  const waiting = counts.planned.requests + counts.notSent.requests;
  const left = waiting + counts.unknown.requests;
  const running = state === "running";
  const over = isOpen(batch) ? null : t`Sending is over.`;
  // Also after it was stopped, as long as something is left.
  const resumes = state === "paused" || (!running && left > 0);
  const thrown = turn.error ?? retry.error;

  return (
    <section className={styles.railPart} aria-labelledby="control-title">
      <h2 id="control-title">
        <Trans>Control</Trans>
      </h2>
      {/* One button with two names, so that the focus stays where it was pressed. */}
      <Act
        testId={resumes ? "resume-button" : "pause-button"}
        busy={turning === "pausing" || turn.isPending}
        reason={
          resumes ? null : (over ?? (turning === "stopping" ? t`It is being stopped.` : null))
        }
        onPress={() => turn.mutate(resumes ? "resumeBatch" : "pauseBatch")}
      >
        {turning === "pausing" ? (
          <Trans>Pausing…</Trans>
        ) : resumes ? (
          <Trans>Resume</Trans>
        ) : (
          <Trans>Pause</Trans>
        )}
      </Act>
      <Act
        testId="stop-button"
        busy={turning === "stopping"}
        reason={over ?? (waiting === 0 && !turning ? t`No request is waiting to be sent.` : null)}
        onPress={() => setStopping(true)}
      >
        {turning === "stopping" ? (
          <Trans>Stopping…</Trans>
        ) : (
          <Trans>Stop after the current ones…</Trans>
        )}
      </Act>
      <Act
        testId="retry-refused"
        busy={retry.isPending}
        reason={refused === 0 ? t`No request was refused.` : null}
        onPress={() => retry.mutate()}
      >
        {refused === 0 ? (
          <Trans>Retry the refused</Trans>
        ) : (
          <Trans>Retry the refused ({i18n.number(refused)})</Trans>
        )}
      </Act>
      {thrown ? <ProblemCallout problem={asProblem(thrown)} /> : null}
      <ConfirmDialog
        open={stopping}
        kind="danger"
        title={t`Stop sending?`}
        confirmLabel={t`Stop`}
        confirmTestId="confirm-stop"
        cancelLabel={t`Keep sending`}
        cancelTestId="cancel-stop"
        onClose={() => setStopping(false)}
        onConfirm={() => {
          setStopping(false);
          turn.mutate("stopBatch");
        }}
      >
        <p>
          <Trans>What is under way comes to its end. Then sending is over:</Trans>{" "}
          <strong>
            <Plural
              value={counts.planned.people + counts.notSent.people}
              one="# person is not asked."
              other="# people are not asked."
            />
          </strong>
        </p>
        <p>
          <Trans>
            Unlike a pause, it does not go on at the next start. You can still resume it.
          </Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}

function Act(props: {
  testId: string;
  busy: boolean;
  /** Why it cannot be pressed now. */
  reason: string | null;
  onPress: () => void;
  children: ReactNode;
}) {
  const reason = useId();
  return (
    <div className={styles.act}>
      <Button
        wide
        testId={props.testId}
        // It can still be reached, so that its reason can be heard.
        isPending={props.busy || props.reason !== null}
        aria-describedby={props.reason === null ? undefined : reason}
        onPress={props.onPress}
      >
        {props.children}
      </Button>
      {props.reason === null ? null : (
        <p id={reason} className={styles.small}>
          {props.reason}
        </p>
      )}
    </div>
  );
}

type Turn = keyof Pick<Platform, "pauseBatch" | "resumeBatch" | "stopBatch">;

function useTurn({ id }: BatchView) {
  const platform = usePlatform();
  const changed = useBatchChanged();
  return useMutation({
    mutationFn: (to: Turn) => platform[to](id),
    onSuccess: changed,
  });
}
