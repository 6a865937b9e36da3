import { Trans, useLingui } from "@lingui/react/macro";
import type { ConnectionView } from "../../api/types";
import { TextArea, TextField } from "../../components";
import type { Draft, DraftField } from "./connection-draft";
import type { FieldErrors } from "./ConnectionForm";
import styles from "./Settings.module.css";

export interface ConnectionFieldsProps {
  connection: ConnectionView | null;
  draft: Draft;
  errors: FieldErrors;
  onChange: (field: keyof Draft, value: string | boolean) => void;
}

export function ConnectionFields({ connection, draft, errors, onChange }: ConnectionFieldsProps) {
  const { t } = useLingui();
  const bound = (field: DraftField) => ({
    path: `connection.${field}`,
    value: draft[field],
    error: errors[field],
    onChange: (value: string) => onChange(field, value),
  });
  const kept = (hint: string | undefined) =>
    hint ? t`kept: …${hint}, leave blank to keep` : undefined;
  return (
    <div className={styles.fields}>
      <TextField
        {...bound("name")}
        label={t`Name`}
        hint={t`Shown on every screen while it is in use. Production keys reach real people: say so in the name, for example “Production, onboarding”.`}
        required
      />
      <TextField
        {...bound("baseUrl")}
        label={t`Address of the server (base URL)`}
        hint={t`From your Humanos account, for example https://api.humanos.id`}
        type="url"
        required
      />
      <TextField
        {...bound("apiVersion")}
        label={t`API version`}
        choices={["2026-05-20"]}
        size={14}
        required
      />
      <TextField
        {...bound("apiKey")}
        label={t`API key`}
        type="password"
        placeholder={kept(connection?.apiKeyHint)}
        required={connection === null}
      />
      <TextField
        {...bound("signatureSecret")}
        label={t`Signature secret`}
        hint={t`Signs each request. Both keys are stored out of sight and never shown again.`}
        type="password"
        placeholder={kept(connection?.secretHint)}
        required={connection === null}
      />
      <TextField
        {...bound("proxy")}
        label={t`Proxy (optional)`}
        hint={t`Blank uses the proxy of this computer.`}
        type="url"
      />
      <TextArea
        {...bound("caPem")}
        label={t`Extra certificate, PEM (optional)`}
        hint={
          connection?.hasCa
            ? t`One is stored. Leave blank to keep it.`
            : t`Only where your network inspects encrypted traffic. Your IT has it.`
        }
        code
      />
      {connection?.hasCa ? (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.dropCa}
            onChange={(event) => onChange("dropCa", event.target.checked)}
            data-testid="connection.dropCa"
          />
          <Trans>Remove the stored certificate</Trans>
        </label>
      ) : null}
    </div>
  );
}
