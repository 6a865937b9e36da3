/** Opens the ledger by the recovery key and keeps the key anew, where the officer says. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem, PROBLEMS } from "../../api/problems";
import type { Problem, Status } from "../../api/types";
import { Button, goToControl, ProblemCallout, TextArea } from "../../components";
import { usePlatform } from "../../platform";
import { KeepChoice } from "../start/KeepChoice";
import { atPassphrase, firstAnswer, firstWrong, passphraseOf, useCheckKeep } from "../start/keep";
import { KEYRING } from "../start/keyring";
import styles from "../start/forms.module.css";
import { useOpened } from "./opened";

export function RecoverForm({ status }: { status: Status }) {
  const { keyring } = status;
  const platform = usePlatform();
  const opened = useOpened();
  const check = useCheckKeep();
  const { t, i18n } = useLingui();
  const [text, setText] = useState("");
  const [answer, setAnswer] = useState(() => firstAnswer(keyring));
  const [keyError, setKeyError] = useState<string>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [checked, setChecked] = useState(false);

  const goTo = (control: string) => requestAnimationFrame(() => goToControl(control));
  const recover = useMutation({
    mutationFn: () => platform.recover(text.trim(), answer.keep ?? "session", passphraseOf(answer)),
    onSuccess: opened,
    onError: (thrown) => {
      const refused = asProblem(thrown);
      if (refused.code === "recovery-key-wrong") {
        const said = i18n._(PROBLEMS[refused.code].action);
        setKeyError(`${refused.message} ${said}`.trim());
        goTo("recovery-input");
      } else {
        setProblem(refused);
        if (atPassphrase(refused)) goTo("passphrase");
      }
    },
  });

  const errors = checked ? check(answer, keyring) : {};
  if (problem && atPassphrase(problem)) errors.passphrase = i18n._(PROBLEMS[problem.code].text);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        setProblem(null);
        setKeyError(text.trim() ? undefined : t`Type or paste your recovery key`);
        const wrong = text.trim() ? firstWrong(check(answer, keyring)) : "recovery-input";
        if (wrong) goTo(wrong);
        else recover.mutate();
      }}
    >
      <TextArea
        path="recovery-input"
        label={t`Recovery key`}
        hint={t`The groups of four you wrote down at first start. Spaces, dashes and capitals do not matter.`}
        rows={3}
        code
        value={text}
        onChange={(typed) => {
          setText(typed);
          setKeyError(undefined);
        }}
        error={keyError}
        required
      />
      <h2>
        <Trans>Where should the keys rest from now on?</Trans>
      </h2>
      {keyring === "available" ? null : (
        <p className={styles.soft}>{i18n._(KEYRING[keyring].title)}</p>
      )}
      <KeepChoice
        keyring={keyring}
        answer={answer}
        errors={errors}
        onChange={(next) => {
          setAnswer(next);
          setProblem(null);
          if (next.keep !== answer.keep) setChecked(false);
        }}
      />
      {problem && !atPassphrase(problem) ? <ProblemCallout problem={problem} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" testId="recover" isPending={recover.isPending}>
          {recover.isPending ? <Trans>Opening…</Trans> : <Trans>Open the ledger</Trans>}
        </Button>
      </div>
    </form>
  );
}
