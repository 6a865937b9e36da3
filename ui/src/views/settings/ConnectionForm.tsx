/** Adds or changes a connection. Secrets go in and never come back: blank keeps the stored ones. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "../../api/problems";
import type { ConnectionView, Problem } from "../../api/types";
import { Button, ErrorSummary, goToControl, ProblemCallout } from "../../components";
import { usePlatform } from "../../platform";
import { blanks, draftOf, fieldOf, formOf, type DraftField } from "./connection-draft";
import { ConnectionFields } from "./ConnectionFields";
import styles from "./Settings.module.css";

export type FieldErrors = Partial<Record<DraftField, string>>;

export interface ConnectionFormProps {
  connection: ConnectionView | null;
  onSaved: (connection: ConnectionView) => void;
  onCancel: () => void;
}

export function ConnectionForm({ connection, onSaved, onCancel }: ConnectionFormProps) {
  const platform = usePlatform();
  const { t } = useLingui();
  const [draft, setDraft] = useState(() => draftOf(connection));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asked, setAsked] = useState(0);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => goToControl("connection.name"), []);

  const save = useMutation({
    mutationFn: () => platform.saveConnection(formOf(draft, connection)),
    onSuccess: onSaved,
    onError: (thrown) => {
      const refused = asProblem(thrown);
      const field = fieldOf(refused);
      if (field) refuse({ [field]: refused.message });
      else setProblem(refused);
    },
  });
  const refuse = (found: FieldErrors) => {
    setErrors(found);
    setAsked((times) => times + 1);
  };

  const needed: FieldErrors = {
    name: t`Give the connection a name`,
    baseUrl: t`Give the address of the server, such as https://api.humanos.id`,
    apiVersion: t`Give the API version, such as 2026-05-20`,
    apiKey: t`Paste the API key`,
    signatureSecret: t`Paste the signature secret`,
  };
  const lines = Object.entries(errors).flatMap(([field, message]) =>
    message ? [{ control: `connection.${field}`, message }] : [],
  );
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        const missing = blanks(draft, connection === null);
        const found = Object.fromEntries(missing.map((field) => [field, needed[field]]));
        if (missing.length > 0) return refuse(found);
        setErrors({});
        save.mutate();
      }}
    >
      <h3>
        {connection ? <Trans>Change {connection.name}</Trans> : <Trans>New connection</Trans>}
      </h3>
      <ErrorSummary lines={lines} asked={asked} />
      <ConnectionFields
        connection={connection}
        draft={draft}
        errors={errors}
        onChange={(field, value) => {
          setDraft({ ...draft, [field]: value });
          setErrors((shown) => ({ ...shown, [field]: undefined }));
        }}
      />
      {problem ? <ProblemCallout problem={problem} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" testId="connection-save" isPending={save.isPending}>
          {save.isPending ? <Trans>Saving…</Trans> : <Trans>Save</Trans>}
        </Button>
        <Button testId="connection-cancel" onPress={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
