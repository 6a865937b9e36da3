/** Sends the request that is shown to the officer instead of its people, to see how it arrives. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { RequestDetail, Review } from "../../api/types";
import {
  Button,
  Callout,
  FormDialog,
  goToControl,
  Loading,
  ProblemCallout,
  TextField,
  useAnnounce,
} from "../../components";
import { usePlatform } from "../../platform";
import { useRouter } from "../../router";
import { outcomeSentence } from "../requests/states";
import styles from "./ReviewView.module.css";

interface TestToMeProps {
  review: Review;
  number: number;
  onClose: () => void;
}

export function TestToMe(props: TestToMeProps) {
  const platform = usePlatform();
  const officer = useQuery({ queryKey: KEYS.officer, queryFn: () => platform.officer() });
  if (officer.isPending) return <Loading />;
  return <TestDialog {...props} own={officer.data?.contact ?? ""} />;
}

function TestDialog({ review, number, onClose, own }: TestToMeProps & { own: string }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { i18n } = useLingui();
  const [contact, setContact] = useState(own);
  const [blank, setBlank] = useState(false);
  const test = useMutation({
    mutationFn: () => platform.testSend(review.id, number, contact.trim()),
    onSuccess: (detail) => {
      client.setQueryData([...KEYS.request, detail.id], detail);
      void client.invalidateQueries({ queryKey: KEYS.requests });
      announce(i18n._(outcomeSentence(detail)));
    },
    onError: (thrown) => {
      if (asProblem(thrown).field === "contact") goToControl("test-contact");
    },
  });
  const problem = test.error && asProblem(test.error);
  const atField = problem?.field === "contact" ? problem.message : undefined;

  useEffect(() => goToControl("test-contact"), []);

  const send = () => {
    if (test.isPending || test.isSuccess) return;
    setBlank(!contact.trim());
    if (!contact.trim()) return goToControl("test-contact");
    test.mutate();
  };

  return (
    <FormDialog
      narrow
      title={t`Test to me`}
      testId="test-send-dialog"
      busy={test.isPending}
      onClose={onClose}
      notice={
        test.data ? (
          <Outcome detail={test.data} contact={contact} />
        ) : problem && !atField ? (
          <ProblemCallout problem={problem} />
        ) : null
      }
      buttons={
        <>
          <Button testId="test-send-close" onPress={onClose}>
            {test.data ? <Trans>Back to the review</Trans> : <Trans>Not yet</Trans>}
          </Button>
          <Button
            kind={review.practice ? "primary" : "live"}
            testId="test-send-now"
            // Once is enough; another contact makes it ready again.
            isPending={test.isPending || test.isSuccess}
            onPress={send}
          >
            {test.isPending ? (
              <Trans>Sending…</Trans>
            ) : test.isSuccess ? (
              <Trans>Sent</Trans>
            ) : (
              <Trans>Send to me now</Trans>
            )}
          </Button>
        </>
      }
    >
      <p>
        {review.requests > 1 ? (
          <Trans>
            Request {number} is made for you instead of its people, and sent at once. It is listed
            under Requests; the people of the list are not asked.
          </Trans>
        ) : (
          <Trans>
            The request is made for you instead of its people, and sent at once. It is listed under
            Requests; the people of the list are not asked.
          </Trans>
        )}
      </p>
      <form
        className={styles.testForm}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          path="test-contact"
          label={t`Your own email or phone`}
          hint={t`A phone with its country code. Keep it under Settings to have it here each time.`}
          value={contact}
          error={atField ?? (blank ? t`Give your email address or phone number` : undefined)}
          onChange={(to) => {
            setContact(to);
            setBlank(false);
            test.reset();
          }}
        />
      </form>
    </FormDialog>
  );
}

function Outcome({ detail, contact }: { detail: RequestDetail; contact: string }) {
  const { t, i18n } = useLingui();
  const { navigate } = useRouter();
  const good = detail.state === "accepted";
  return (
    <Callout
      tone={good ? "good" : "warning"}
      title={good ? t`Accepted. Look for it at ${contact}.` : i18n._(outcomeSentence(detail))}
      testId="test-send-outcome"
    >
      {detail.failure?.said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {good && detail.practice ? (
        <p>
          <Trans>
            This is practice: no message is delivered. Its link and code are in the request.
          </Trans>
        </p>
      ) : null}
      <div>
        <Button testId="test-send-open" onPress={() => navigate("requests", { id: detail.id })}>
          <Trans>Open this request</Trans>
        </Button>
      </div>
    </Callout>
  );
}
