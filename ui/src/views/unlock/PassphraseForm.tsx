import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import type { Problem } from "../../api/types";
import { Button, goToControl, ProblemCallout, TextField } from "../../components";
import { usePlatform } from "../../platform";
import styles from "../start/forms.module.css";
import { useOpened } from "./opened";

export function PassphraseForm() {
  const platform = usePlatform();
  const opened = useOpened();
  const { t } = useLingui();
  const [passphrase, setPassphrase] = useState("");
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<Problem | null>(null);

  const refuse = (message: string) => {
    setError(message);
    requestAnimationFrame(() => goToControl("passphrase"));
  };
  const unlock = useMutation({
    mutationFn: () => platform.unlock(passphrase),
    onSuccess: opened,
    onError: (thrown) => {
      const refused = asProblem(thrown);
      if (refused.code === "passphrase-wrong") {
        refuse(t`That is not the passphrase. Check capital letters and the keyboard layout`);
      } else {
        setProblem(refused);
      }
    },
  });

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        setProblem(null);
        if (passphrase) unlock.mutate();
        else refuse(t`Type your passphrase`);
      }}
    >
      <div className={styles.fields}>
        <TextField
          path="passphrase"
          label={t`Passphrase`}
          type="password"
          autoComplete="current-password"
          value={passphrase}
          onChange={(text) => {
            setPassphrase(text);
            setError(undefined);
          }}
          error={error}
          required
        />
      </div>
      {problem ? <ProblemCallout problem={problem} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" testId="unlock" isPending={unlock.isPending}>
          {unlock.isPending ? <Trans>Unlocking…</Trans> : <Trans>Unlock</Trans>}
        </Button>
      </div>
    </form>
  );
}
