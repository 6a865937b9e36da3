/** Review before sending: left in words, right the exact bytes; sending is a second, deliberate step. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import { KEYS, useCurrentConnection } from "../../api/queries";
import type { Form, Problem, Review } from "../../api/types";
import { Button, Callout, ConfirmDialog, ProblemCallout, Section } from "../../components";
import { usePlatform } from "../../platform";
import { useRouter } from "../../router";
import { Screen } from "../../shell/Screen";
import { useFormState, useFormStore } from "../request/FormProvider";
import { useSummary } from "../request/list";
import { Words } from "../request/Rail";
import { useWords } from "../request/words";
import { ExactBytes } from "./ExactBytes";
import styles from "./ReviewView.module.css";

export function ReviewView() {
  const { review, form } = useFormState();
  const { navigate } = useRouter();
  const gone = !review || !form;

  useEffect(() => {
    if (gone) navigate("request");
  }, [gone, navigate]);

  return gone ? null : <CurrentReview review={review} form={form} />;
}

function CurrentReview({ review, form }: { review: Review; form: Form }) {
  const { t } = useLingui();
  const { navigate } = useRouter();
  const { send, busy, problem } = useSend(review);
  const [asking, setAsking] = useState(false);
  const people = <Plural value={review.people} one="# person" other="# people" />;
  const kind = review.practice ? "primary" : "live";

  return (
    <Screen
      title={t`Review before sending`}
      note={<Trans>Check it as if you were the person receiving it.</Trans>}
      hasErrors={problem !== null}
      wideRail
      railLabel={t`Exactly what is sent`}
      rail={<ExactBytes review={review} />}
    >
      {problem ? <ProblemCallout problem={problem} /> : null}
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
          <Trans>
            The request and its idempotency key are stored before anything is sent. If the answer is
            lost or the computer stops, trying again asks nobody twice.
          </Trans>
        </p>
      </Section>
      <div className={styles.buttons}>
        <Button testId="review-back" onPress={() => navigate("request")} isDisabled={busy}>
          <Trans>Back</Trans>
        </Button>
        <Button kind={kind} testId="send-button" onPress={() => setAsking(true)} isDisabled={busy}>
          {busy ? <Trans>Sending…</Trans> : <Trans>Send to {people}…</Trans>}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        kind={kind}
        title={t`Send this request?`}
        confirmLabel={t`Send now`}
        confirmTestId="confirm-send"
        cancelLabel={t`Not yet`}
        cancelTestId="cancel-send"
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void send();
        }}
      >
        <p>
          <strong>{people}</strong>{" "}
          <Trans>
            through the connection <strong>{review.connectionName}</strong>.
          </Trans>
        </p>
        <p>
          {review.practice ? (
            <Trans>
              This is practice: the server is on this computer and nobody receives a message.
            </Trans>
          ) : (
            <Trans>They are real: each of them receives a message. It cannot be called back.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </Screen>
  );
}

function InWords({ review, form }: { review: Review; form: Form }) {
  const { t } = useLingui();
  const lines = useWords(form.draft, useSummary().data, useCurrentConnection());
  // Whom and where to are said by the review itself: it knows what the bytes hold.
  const between = lines.slice(1, -1);
  return (
    <Section title={t`In words`}>
      <p data-testid="review-people">
        <strong>
          <Plural value={review.people} one="# person is asked" other="# people are asked" />
        </strong>
        {review.leftOut > 0 ? (
          <>
            {" · "}
            <Plural value={review.leftOut} one="# row left out" other="# rows left out" />
          </>
        ) : null}
      </p>
      <Words
        lines={[
          ...between,
          {
            label: t`Connection`,
            text: review.practice
              ? t`Practice, on this computer: nobody receives a message`
              : t`${review.connectionName}: real people are asked`,
          },
        ]}
      />
    </Section>
  );
}

/** Sends the reviewed bytes. Once accepted the form is done with; refused, it stays to be mended. */
function useSend(review: Review) {
  const platform = usePlatform();
  const store = useFormStore();
  const client = useQueryClient();
  const { navigate } = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const detail = await platform.send(review.id);
      client.setQueryData([...KEYS.request, detail.id], detail);
      void client.invalidateQueries({ queryKey: KEYS.requests });
      // First away from the review, so that its end does not lead back to the form.
      navigate("requests", { id: detail.id });
      store.setReview(null);
      await store.sent(detail.state === "accepted");
      void client.invalidateQueries({ queryKey: KEYS.list });
    } catch (thrown) {
      const refused = asProblem(thrown);
      setProblem(refused);
      if (refused.field) store.addRefusal(refused.field, refused.message);
      setBusy(false);
    }
  };

  return { send, busy, problem };
}
