/** The deliberate steps before sending: one that names the people, and for many a second that has them typed. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import type { Review } from "../../api/types";
import { Button, ConfirmDialog, FormDialog, goToControl, TextField } from "../../components";
import { aboutSeconds } from "../sending/durations";

export function ConfirmSend(props: {
  review: Review;
  open: boolean;
  onClose: () => void;
  onSend: () => void;
}) {
  const { review, open, onClose, onSend } = props;
  const { t, i18n } = useLingui();
  const [again, setAgain] = useState(false);
  const long = aboutSeconds(review.seconds, i18n);
  const send = () => {
    setAgain(false);
    onClose();
    onSend();
  };
  if (open && again) {
    return (
      <TypePeople
        review={review}
        onSend={send}
        onClose={() => {
          setAgain(false);
          onClose();
        }}
      />
    );
  }
  return (
    <ConfirmDialog
      open={open}
      kind={review.practice ? "primary" : "live"}
      title={review.requests > 1 ? t`Send these requests?` : t`Send this request?`}
      confirmLabel={review.asksAgain ? t`Go on…` : t`Send now`}
      confirmTestId="confirm-send"
      cancelLabel={t`Not yet`}
      cancelTestId="cancel-send"
      onClose={onClose}
      onConfirm={() => (review.asksAgain ? setAgain(true) : send())}
    >
      <p>
        <strong>
          <Plural value={review.people} one="# person" other="# people" />
        </strong>{" "}
        <Trans>
          through the connection <strong>{review.connectionName}</strong>.
        </Trans>
      </p>
      {review.requests > 1 ? (
        <p>
          <Plural value={review.requests} one="# request" other="# requests" />, {long}.{" "}
          <Trans>You can pause at any time.</Trans>
        </p>
      ) : null}
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
  );
}

function TypePeople(props: { review: Review; onSend: () => void; onClose: () => void }) {
  const { review, onSend, onClose } = props;
  const { t, i18n } = useLingui();
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const people = i18n.number(review.people);
  const same = numberOf(typed) === review.people;

  useEffect(() => goToControl("confirm-people"), []);

  const confirm = () => {
    if (same) return onSend();
    setRefused(true);
    goToControl("confirm-people");
  };
  return (
    <FormDialog
      narrow
      title={t`So many people?`}
      testId="confirm-people-dialog"
      onClose={onClose}
      buttons={
        <>
          <Button testId="confirm-people-cancel" onPress={onClose}>
            <Trans>Not yet</Trans>
          </Button>
          <Button
            kind={review.practice ? "primary" : "live"}
            testId="confirm-people-send"
            onPress={confirm}
          >
            <Trans>Send now</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          This asks <strong>{people} people</strong>. Type that number, so that nobody sends to so
          many by mistake.
        </Trans>
      </p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <TextField
          path="confirm-people"
          label={t`Number of people`}
          size={12}
          value={typed}
          error={
            refused && !same
              ? t`That is not the number of people. They are ${people}: type it, or go back and look at the list.`
              : undefined
          }
          onChange={(to) => {
            setTyped(to);
            setRefused(false);
          }}
        />
      </form>
    </FormDialog>
  );
}

/** "1,190", "1.190" and "1 190" are the same number of people. */
function numberOf(typed: string): number | null {
  const digits = typed.replace(/[\s.,'’\u00a0\u202f]/g, "");
  return /^\d+$/.test(digits) ? Number(digits) : null;
}
