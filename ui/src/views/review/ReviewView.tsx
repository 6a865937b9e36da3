/** Review before sending: left in words, right the exact bytes; sending is a second, deliberate step. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../../api/problems";
import type { Form, Review } from "../../api/types";
import { Button, Callout, ProblemCallout, Section } from "../../components";
import { usePlatform } from "../../platform";
import { useRouter } from "../../router";
import { Screen } from "../../shell/Screen";
import { useFormState } from "../request/FormProvider";
import { ConfirmSend } from "./ConfirmSend";
import { DryRun } from "./DryRun";
import { InWords } from "./InWords";
import { PlanningProgress } from "./PlanningProgress";
import { Requests } from "./Requests";
import { TestToMe } from "./TestToMe";
import styles from "./ReviewView.module.css";
import { useSend } from "./use-send";

export function ReviewView() {
  const { review, form } = useFormState();
  const { navigate } = useRouter();
  const gone = !review || !form;

  useEffect(() => {
    if (gone) navigate("request");
  }, [gone, navigate]);

  return gone ? null : <CurrentReview key={review.id} review={review} form={form} />;
}

function CurrentReview({ review, form }: { review: Review; form: Form }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const { navigate } = useRouter();
  const { send, busy, problem, progress } = useSend(review);
  const [number, show] = useState(1);
  const [asking, setAsking] = useState(false);
  const [testing, setTesting] = useState(false);
  const dryRun = useMutation({ mutationFn: () => platform.dryRun(review.id) });
  const people = <Plural value={review.people} one="# person" other="# people" />;
  const kind = review.practice ? "primary" : "live";
  const many = review.requests > 1;
  const refused = problem ?? (dryRun.error ? asProblem(dryRun.error) : null);

  return (
    <Screen
      title={t`Review before sending`}
      note={<Trans>Check it as if you were the person receiving it.</Trans>}
      hasErrors={problem !== null}
      wideRail
      railLabel={t`Exactly what is sent`}
      rail={<Requests review={review} shown={{ number, show }} />}
    >
      {refused ? <ProblemCallout problem={refused} /> : null}
      <InWords review={review} form={form} />
      {review.warnings.length > 0 ? (
        <Callout tone="warning" title={t`Before you send`} testId="review-warnings">
          <ul>
            {review.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <Section title={t`Sent once, whatever happens`}>
        <p>
          {many ? (
            <Trans>
              Each request has its own idempotency key, stored before it is sent. You can pause,
              close the app, or lose power: nobody is asked twice.
            </Trans>
          ) : (
            <Trans>
              The request and its idempotency key are stored before anything is sent. If the answer
              is lost or the computer stops, trying again asks nobody twice.
            </Trans>
          )}
        </p>
      </Section>
      {busy && many ? (
        <PlanningProgress progress={progress} />
      ) : (
        <div className={styles.buttons}>
          <Button testId="review-back" onPress={() => navigate("request")} isDisabled={busy}>
            <Trans>Back</Trans>
          </Button>
          <Button
            testId="dry-run"
            onPress={() => dryRun.mutate()}
            isDisabled={busy}
            isPending={dryRun.isPending}
          >
            {dryRun.isPending ? <Trans>Making and checking…</Trans> : <Trans>Dry run</Trans>}
          </Button>
          <Button testId="test-send" onPress={() => setTesting(true)} isDisabled={busy}>
            <Trans>Test to me…</Trans>
          </Button>
          <span className={styles.space} />
          <Button
            kind={kind}
            testId="send-button"
            onPress={() => setAsking(true)}
            isDisabled={busy}
          >
            {busy ? <Trans>Sending…</Trans> : <Trans>Send to {people}…</Trans>}
          </Button>
        </div>
      )}
      {dryRun.data ? <DryRun ran={dryRun.data} /> : null}
      <ConfirmSend
        review={review}
        open={asking}
        onClose={() => setAsking(false)}
        onSend={() => void send()}
      />
      {testing ? (
        <TestToMe review={review} number={number} onClose={() => setTesting(false)} />
      ) : null}
    </Screen>
  );
}
