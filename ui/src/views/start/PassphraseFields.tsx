/** A new passphrase, twice. It may be pasted, and shown while it is typed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { TextField } from "../../components";
import type { KeepAnswer, KeepErrors } from "./keep";
import styles from "./forms.module.css";

export function PassphraseFields(props: {
  answer: KeepAnswer;
  errors: KeepErrors;
  onChange: (answer: KeepAnswer) => void;
}) {
  const { answer, errors, onChange } = props;
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  const type = shown ? "text" : "password";
  return (
    <div className={styles.fields}>
      <TextField
        path="passphrase"
        label={t`Passphrase`}
        hint={t`At least 12 characters: whoever copies the file can try as many guesses as they like, and length is what stops them. Four or more unrelated words do well.`}
        type={type}
        autoComplete="new-password"
        value={answer.passphrase}
        onChange={(passphrase) => onChange({ ...answer, passphrase })}
        error={errors.passphrase}
        required
      />
      <TextField
        path="passphrase-again"
        label={t`The same passphrase again`}
        type={type}
        autoComplete="new-password"
        value={answer.again}
        onChange={(again) => onChange({ ...answer, again })}
        error={errors.again}
        required
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={shown}
          onChange={(event) => setShown(event.target.checked)}
        />
        <Trans>Show what I type</Trans>
      </label>
    </div>
  );
}
