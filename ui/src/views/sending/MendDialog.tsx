/** Puts one wrong contact right; only its request is sent again. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { BatchView, FailureGroup, Problem } from "../../api/types";
import {
  Button,
  focusSoon,
  FormDialog,
  goToControl,
  ProblemCallout,
  Select,
  TextField,
  useAnnounce,
} from "../../components";
import { usePlatform } from "../../platform";
import { useBatchCommand } from "./batches";
import styles from "./Sending.module.css";

/** More people than that are not chosen from a list. */
const MOST_CHOICES = 500;

export function MendDialog(props: { batch: BatchView; group: FailureGroup; onClose: () => void }) {
  const { batch, group, onClose } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const number = group.first.number;
  const request = usePeople(group.first.id);
  const people = request.data ?? [];
  const [contact, setContact] = useState(group.contact ?? "");
  const [replacement, setReplacement] = useState("");
  const [blank, setBlank] = useState<"contact" | "replacement" | null>(null);
  const mend = useBatchCommand(
    batch.id,
    (platform) => platform.mendContact(group.first.id, contact.trim(), replacement.trim()),
    (mended) => {
      announce(t`It goes as request #${mended.number}, to ${mended.contact}.`);
      onClose();
      focusSoon("[data-testid=needs-you] button", "#main h1");
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
        <OldContact
          people={request.isPending ? [] : people}
          free={
            request.isError ||
            (request.isSuccess && (people.length === 0 || people.length > MOST_CHOICES))
          }
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
function usePeople(id: string) {
  const platform = usePlatform();
  return useQuery({
    queryKey: [...KEYS.request, id],
    queryFn: () => platform.request(id),
    select: ({ body }) => contactsOf(body),
  });
}

interface OldContactProps {
  people: readonly string[];
  /** The people are not known, or too many to choose from: it is typed. */
  free: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function OldContact({ people, free, value, ...rest }: OldContactProps) {
  const { t } = useLingui();
  const bound = { ...rest, path: "mend-contact", label: t`The contact as it was sent`, value };
  if (free) return <TextField {...bound} />;
  const known = value === "" || people.includes(value) ? people : [value, ...people];
  return (
    <Select
      {...bound}
      choices={[
        { value: "", label: t`Choose the contact` },
        ...known.map((contact) => ({ value: contact, label: contact })),
      ]}
    />
  );
}

function contactsOf(body: string): string[] {
  try {
    const { contacts } = JSON.parse(body) as { contacts?: unknown };
    return Array.isArray(contacts) ? contacts.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
