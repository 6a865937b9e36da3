/** Time stamps by somebody independent: off until turned on, as something leaves this computer. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { TimestampSettings } from "../../api/types";
import {
  Button,
  Check,
  goToControl,
  Loading,
  ProblemCallout,
  Section,
  TextField,
} from "../../components";
import { useTimestampSettings } from "../../exports/timestamp";
import { usePlatform } from "../../platform";
import styles from "./Evidence.module.css";

export function TimeStamps() {
  const settings = useTimestampSettings();
  return (
    <Section
      title={<Trans>Time stamps</Trans>}
      testId="time-stamps"
      hint={
        <Trans>
          A time stamp service (RFC 3161) confirms that the ledger stood like this at that time, so
          that nobody has to trust the clock of this computer.
        </Trans>
      }
    >
      <p>
        <Trans>
          What leaves this computer, with each export: one SHA-256 hash. No name, no contact,
          nothing of any request. The service sees the network address of this computer.
        </Trans>
      </p>
      {settings.isPending ? <Loading /> : null}
      {settings.isError ? <ProblemCallout problem={asProblem(settings.error)} /> : null}
      {settings.data ? <SettingsForm settings={settings.data} /> : null}
    </Section>
  );
}

function SettingsForm({ settings }: { settings: TimestampSettings }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const client = useQueryClient();
  const [typed, setTyped] = useState(settings);
  const [missing, setMissing] = useState(false);
  const save = useMutation({
    mutationFn: (wanted: TimestampSettings) => platform.saveTimestampSettings(wanted),
    onSuccess: (_, wanted) => client.setQueryData(KEYS.timestampSettings, wanted),
    onError: (thrown) => {
      if (asProblem(thrown).field !== null) goToControl("timestamp-url");
    },
  });
  const refused = save.error && asProblem(save.error);
  const atField = refused !== null && refused.field !== null;
  const change = (part: Partial<TimestampSettings>) => {
    setTyped((now) => ({ ...now, ...part }));
    setMissing(false);
    save.reset();
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const url = typed.url.trim();
        const lacks = typed.on && url === "";
        setMissing(lacks);
        if (lacks) goToControl("timestamp-url");
        else save.mutate({ ...typed, url });
      }}
    >
      <Check
        path="timestamp-on"
        label={t`Offer a time stamp with each export`}
        value={typed.on}
        onChange={(on) => change({ on })}
      />
      <TextField
        path="timestamp-url"
        label={t`Address of the service`}
        hint={t`Of one that your organisation trusts, such as https://tsa.example/tsr`}
        type="url"
        value={typed.url}
        error={
          missing
            ? t`Give the address of the service`
            : atField
              ? refused.message || t`This is not an address that can be used`
              : undefined
        }
        onChange={(url) => change({ url })}
      />
      {refused && !atField ? <ProblemCallout problem={refused} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" testId="timestamp-save" isPending={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        <span role="status" data-testid="timestamp-saved" className={styles.soft}>
          {save.isSuccess ? <Trans>✓ Saved</Trans> : null}
        </span>
      </div>
    </form>
  );
}
