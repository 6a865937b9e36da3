/** Choosing where the keys rest. Starting makes the ledger's key, not the ledger yet. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem, PROBLEMS } from "../../api/problems";
import type { Problem, Status } from "../../api/types";
import { Button, goToControl, ProblemCallout } from "../../components";
import { usePlatform } from "../../platform";
import { atPassphrase, firstAnswer, firstWrong, passphraseOf, useCheckKeep } from "./keep";
import { KeepChoice } from "./KeepChoice";
import { KeyringCallout } from "./KeyringCallout";
import styles from "./forms.module.css";

export function KeepStep(props: { status: Status; onStarted: (recoveryKey: string) => void }) {
  const { keyring } = props.status;
  const platform = usePlatform();
  const check = useCheckKeep();
  const { i18n } = useLingui();
  const [answer, setAnswer] = useState(() => firstAnswer(keyring));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [checked, setChecked] = useState(false);
  // Until the officer chooses, the keyring is chosen as soon as it can be used.
  const shown =
    answer.keep === null && keyring === "available"
      ? { ...answer, keep: "keyring" as const }
      : answer;

  const start = useMutation({
    mutationFn: () => platform.startLedger(shown.keep ?? "session", passphraseOf(shown)),
    onSuccess: ({ recoveryKey }) => props.onStarted(recoveryKey),
    onError: (thrown) => {
      const refused = asProblem(thrown);
      setProblem(refused);
      if (atPassphrase(refused)) requestAnimationFrame(() => goToControl("passphrase"));
    },
  });

  const errors = checked ? check(shown, keyring) : {};
  if (problem && atPassphrase(problem)) errors.passphrase = i18n._(PROBLEMS[problem.code].text);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        setProblem(null);
        const wrong = firstWrong(check(shown, keyring));
        if (wrong) requestAnimationFrame(() => goToControl(wrong));
        else start.mutate();
      }}
    >
      <h2>
        <Trans>Where should the keys rest?</Trans>
      </h2>
      <KeyringCallout keyring={keyring} />
      <KeepChoice
        keyring={keyring}
        answer={shown}
        errors={errors}
        onChange={(next) => {
          setAnswer(next);
          setProblem(null);
          if (next.keep !== shown.keep) setChecked(false);
        }}
      />
      {problem && !atPassphrase(problem) ? <ProblemCallout problem={problem} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" testId="start-app" isPending={start.isPending}>
          {start.isPending ? <Trans>One moment…</Trans> : <Trans>Start</Trans>}
        </Button>
        <span className={styles.soft}>
          <Trans>Next, you write down a recovery key.</Trans>
        </span>
      </div>
    </form>
  );
}
