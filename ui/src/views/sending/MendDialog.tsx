/** Puts one wrong contact right; only its request is sent again. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { BatchView, FailureGroup, Problem } from "../../api/types";
import {
  Button,
  FormDialog,
  goToControl,
  ProblemCallout,
  TextField,
  useAnnounce,
} from "../../components";
import { usePlatform } from "../../platform";
import { useBatchCommand } from "./batches";
import styles from "./Sending.module.css";

export function MendDialog(props: { batch: BatchView; group: FailureGroup; onClose: () => void }) {
  const { batch, group, onClose } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const number = group.first.number;
  const people = usePeople(group.first.id);
  const [contact, setContact] = useState(group.contact ?? "");
  const [replacement, setReplacement] = useState("");
  const [blank, setBlank] = useState<"contact" | "replacement" | null>(null);
  const mend = useBatchCommand(
    batch.id,
    (platform) => platform.mendContact(group.first.id, contact.trim(), replacement.trim()),
    (mended) => {
      announce(t`Request #${mended.number} is sent again, to ${mended.contact}.`);
      onClose();
    },
  );
  const problem = mend.error && asProblem(mend.error);
  const isAsked = (one: string) =>
    people.some((known) => known.toLowerCase() === one.toLowerCase());
  // Of two contacts the one that is not among the people is the wrong one to name.
  const fieldOf = ({ field }: Problem) =>
    field === null ? null : isAsked(contact.trim()) ? "replacement" : "contact";
  const field = problem && fieldOf(problem);
  const start = group.contact ? "replacement" : "contact";

  useEffect(() => goToControl(`mend-${start}`), [start]);

  const save = () => {
    const missing = !contact.trim() ? "contact" : !replacement.trim() ? "replacement" : null;
    setBlank(missing);
    if (missing) return goToControl(`mend-${missing}`);
    mend.mutate(undefined, {
      onError: (thrown) => goToControl(`mend-${fieldOf(asProblem(thrown)) ?? start}`),
    });
  };
  const typed = () => {
    setBlank(null);
    mend.reset();
  };

  return (
    <FormDialog
      narrow
      title={t`Fix a contact of request #${number}`}
      testId="mend-dialog"
      busy={mend.isPending}
      onClose={onClose}
      notice={problem && !field ? <ProblemCallout problem={problem} /> : null}
      buttons={
        <>
          <Button testId="mend-cancel" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button kind="primary" testId="mend-save" isPending={mend.isPending} onPress={save}>
            <Trans>Fix it and send this one again</Trans>
          </Button>
        </>
      }
    >
      {group.said ? (
        <p>
          <Trans>Humanos said: {group.said}</Trans>
        </p>
      ) : null}
      <form
        className={styles.mendForm}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          path="mend-contact"
          label={t`The contact as it was sent`}
          choices={people}
          value={contact}
          error={
            field === "contact"
              ? problem?.message
              : blank === "contact"
                ? t`Give the contact that is wrong`
                : undefined
          }
          onChange={(to) => {
            setContact(to);
            typed();
          }}
        />
        <TextField
          path="mend-replacement"
          label={t`The right one`}
          hint={t`An email address, or a phone number with its country code`}
          value={replacement}
          error={
            field === "replacement"
              ? problem?.message
              : blank === "replacement"
                ? t`Give the right email address or phone number`
                : undefined
          }
          onChange={(to) => {
            setReplacement(to);
            typed();
          }}
        />
        {/* Enter sends from either field. */}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
      <p>
        <Trans>
          The other people of this request are asked with it, as it was refused whole. It goes as a
          new request; other requests are not touched.
        </Trans>
      </p>
    </FormDialog>
  );
}

/** The contacts of a request, as its body names them. */
function usePeople(id: string): string[] {
  const platform = usePlatform();
  const request = useQuery({
    queryKey: [...KEYS.request, id],
    queryFn: () => platform.request(id),
  });
  return request.data ? contactsOf(request.data.body) : [];
}

function contactsOf(body: string): string[] {
  try {
    const { contacts } = JSON.parse(body) as { contacts?: unknown };
    return Array.isArray(contacts) ? contacts.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
