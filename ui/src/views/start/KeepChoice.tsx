/** Where keys rest: three ways in plain words, and the passphrase where one is needed. */
import { useLingui } from "@lingui/react/macro";
import type { Keep, KeyringState } from "../../api/types";
import { RadioCards, type Card } from "../../components";
import { PassphraseFields } from "./PassphraseFields";
import styles from "./forms.module.css";
import type { KeepAnswer, KeepErrors } from "./keep";

export interface KeepChoiceProps {
  keyring: KeyringState;
  answer: KeepAnswer;
  errors: KeepErrors;
  onChange: (answer: KeepAnswer) => void;
}

export function KeepChoice({ keyring, answer, errors, onChange }: KeepChoiceProps) {
  const { t } = useLingui();
  const usable = keyring === "available";
  const cards: Card<Keep>[] = [
    {
      value: "keyring",
      title: usable ? t`In this computer's keyring (recommended)` : t`In this computer's keyring`,
      text: usable
        ? t`Opens with your login. You type nothing at the next start.`
        : t`Not possible at the moment.`,
      testId: "keep-keyring",
      disabled: !usable,
    },
    {
      value: "vault",
      title: t`Behind a passphrase`,
      text: t`In an encrypted file on this computer. You type the passphrase at each start.`,
      testId: "keep-vault",
    },
    {
      value: "session",
      title: t`For this session only`,
      text: t`Gone when Countersign closes. At the next start you need the recovery key, and the keys of each connection again.`,
      testId: "keep-session",
    },
  ];
  return (
    <>
      <div className={styles.column}>
        <RadioCards
          path="keep"
          label={t`Where to keep the keys`}
          value={answer.keep}
          cards={cards}
          onChange={(keep) => onChange({ ...answer, keep })}
          error={errors.keep}
        />
      </div>
      {answer.keep === "vault" ? (
        <PassphraseFields answer={answer} errors={errors} onChange={onChange} />
      ) : null}
    </>
  );
}
