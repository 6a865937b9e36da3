/** The recovery key, shown this once; its last group is typed back to show that it was written down. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { useStatusChanged } from "../../api/queries";
import type { Problem } from "../../api/types";
import { Button, Callout, goToControl, ProblemCallout, TextField } from "../../components";
import { usePlatform } from "../../platform";
import { useRouter } from "../../router";
import { RecoveryKey } from "./RecoveryKey";
import styles from "./forms.module.css";

export function RecoveryStep({ recoveryKey }: { recoveryKey: string }) {
  const platform = usePlatform();
  const statusChanged = useStatusChanged();
  const { navigate } = useRouter();
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<Problem | null>(null);

  const refuse = (message: string) => {
    setError(message);
    requestAnimationFrame(() => goToControl("recovery-confirm"));
  };
  const confirm = useMutation({
    mutationFn: () => platform.confirmRecoveryKey(typed),
    onSuccess: () => {
      navigate("request");
      statusChanged();
    },
    onError: (thrown) => {
      const refused = asProblem(thrown);
      if (refused.code === "recovery-key-wrong") {
        refuse(t`That is not the last group. Look at your copy and type its last four characters`);
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
        if (typed.trim()) confirm.mutate();
        else refuse(t`Type the last group of four of the recovery key`);
      }}
    >
      <p>
        <Trans>
          Write it down or print it, and keep it away from this computer. It is shown only now.
        </Trans>
      </p>
      <RecoveryKey text={recoveryKey} />
      <Callout tone="warning" title={t`Without it nobody can open the ledger`}>
        <p>
          <Trans>
            If the keyring or passphrase is lost, this key is the only way back to your requests and
            receipts. Nobody, not even Humanos, can make another one.
          </Trans>
        </p>
      </Callout>
      <div className={styles.fields}>
        <TextField
          path="recovery-confirm"
          label={t`Type the last group of four`}
          hint={t`From your copy, to be sure that it is right.`}
          size={12}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            setError(undefined);
          }}
          error={error}
          required
        />
      </div>
      {problem ? <ProblemCallout problem={problem} /> : null}
      <div className={styles.buttons}>
        <Button
          type="submit"
          kind="primary"
          testId="recovery-continue"
          isPending={confirm.isPending}
        >
          {confirm.isPending ? <Trans>One moment…</Trans> : <Trans>Continue</Trans>}
        </Button>
        <span className={styles.soft}>
          <Trans>
            You begin on Practice: nobody receives a message until you add a connection.
          </Trans>
        </span>
      </div>
    </form>
  );
}
