/** Secrets go in and never come back: blank keeps the stored ones. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asProblem } from "../../api/problems";
import type { ConnectionView, WebhookForm } from "../../api/types";
import { Button, FormDialog, goToControl, ProblemCallout, TextField } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./Settings.module.css";

type SecretField = keyof WebhookForm;

const FIELDS: SecretField[] = ["signatureSecret", "encryptionSecret", "encryptionSalt"];

export interface WebhookDialogProps {
  connection: ConnectionView;
  onSaved: (all: ConnectionView[]) => void;
  onClose: () => void;
}

export function WebhookDialog({ connection, onSaved, onClose }: WebhookDialogProps) {
  const { webhook } = connection;
  const platform = usePlatform();
  const { t } = useLingui();
  const form = useId();
  const [typed, setTyped] = useState<WebhookForm>({
    signatureSecret: "",
    encryptionSecret: "",
    encryptionSalt: "",
  });
  const [errors, setErrors] = useState<Partial<Record<SecretField, string>>>({});

  const save = useMutation({
    mutationFn: () => platform.saveWebhook(connection.id, typed),
    onSuccess: onSaved,
    onError: (thrown) => {
      const { field, message } = asProblem(thrown);
      const refused = FIELDS.find((one) => `webhook.${one}` === field);
      if (refused) refuse({ [refused]: message });
    },
  });
  const refuse = (found: Partial<Record<SecretField, string>>) => {
    setErrors(found);
    const first = FIELDS.find((one) => found[one]);
    // The field is there already; its error may only be added.
    if (first) goToControl(`webhook.${first}`);
  };

  const words: Record<SecretField, { label: string; missing: string; hint?: string }> = {
    signatureSecret: {
      label: t`Webhook signature secret`,
      missing: t`Paste the webhook signature secret`,
      hint: t`Another than the signature secret of the API key`,
    },
    encryptionSecret: { label: t`Encryption secret`, missing: t`Paste the encryption secret` },
    encryptionSalt: { label: t`Encryption salt`, missing: t`Paste the encryption salt` },
  };
  const problem = save.isError ? asProblem(save.error) : null;
  const atField = FIELDS.some((one) => errors[one]);
  return (
    <FormDialog
      title={t`Webhook secrets of ${connection.name}`}
      testId="webhook-dialog"
      narrow
      busy={save.isPending}
      onClose={onClose}
      notice={problem && !atField ? <ProblemCallout problem={problem} /> : null}
      buttons={
        <>
          <Button testId="webhook-cancel" onPress={onClose} isDisabled={save.isPending}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            type="submit"
            form={form}
            kind="primary"
            testId="webhook-save"
            isPending={save.isPending}
          >
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <p className={styles.soft}>
        <Trans>
          From your Humanos account, where webhooks are set up. With them Countersign opens webhook
          bodies that you bring under Answers.
        </Trans>
      </p>
      <form
        id={form}
        className={styles.fields}
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          const missing = webhook ? [] : FIELDS.filter((one) => !typed[one].trim());
          if (missing.length > 0) {
            return refuse(Object.fromEntries(missing.map((one) => [one, words[one].missing])));
          }
          setErrors({});
          save.mutate();
        }}
      >
        {FIELDS.map((field) => {
          const { label, hint } = words[field];
          const end = webhook?.[field];
          return (
            <TextField
              key={field}
              path={`webhook.${field}`}
              label={label}
              hint={hint}
              type="password"
              required={!webhook}
              placeholder={end ? t`kept: …${end}, leave blank to keep` : undefined}
              value={typed[field]}
              error={errors[field]}
              onChange={(text) => {
                setTyped((now) => ({ ...now, [field]: text }));
                setErrors((shown) => ({ ...shown, [field]: undefined }));
              }}
            />
          );
        })}
      </form>
    </FormDialog>
  );
}
