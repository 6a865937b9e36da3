/** The ledger is there but closed: why, and the way in. Never a new ledger in the place of the old one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { LockReason, Status } from "../../api/types";
import { Button, Callout } from "../../components";
import { OutsidePage } from "../start/OutsidePage";
import styles from "../start/forms.module.css";
import { LOCKS, type LockWords } from "./locks";
import { PassphraseForm } from "./PassphraseForm";
import { RecoverForm } from "./RecoverForm";
import { RetryButton } from "./RetryButton";

export function UnlockView({ status }: { status: Status }) {
  const { t, i18n } = useLingui();
  const reason: LockReason = status.lock ?? "recovery-key";
  const words: LockWords = LOCKS[reason];
  const [recovering, setRecovering] = useState(false);
  const recover = words.way === "recover" || recovering;

  return (
    <OutsidePage title={t`Unlock Countersign`} step={`${reason} ${recover}`}>
      <LockMessage reason={reason} />
      {recover ? (
        <RecoverForm status={status} />
      ) : words.way === "passphrase" ? (
        <PassphraseForm />
      ) : (
        <RetryButton />
      )}
      {recover && words.way !== "recover" ? (
        <div className={styles.buttons}>
          <Button kind="quiet" testId="recover-back" onPress={() => setRecovering(false)}>
            <Trans>Back</Trans>
          </Button>
        </div>
      ) : null}
      {!recover && words.otherwise ? (
        <div className={styles.buttons}>
          <Button kind="quiet" testId="use-recovery-key" onPress={() => setRecovering(true)}>
            {i18n._(words.otherwise)}
          </Button>
        </div>
      ) : null}
      <p className={styles.soft}>
        <Trans>Countersign {status.appVersion}</Trans>
      </p>
    </OutsidePage>
  );
}

/** Takes the focus when another reason takes the place of the one the officer just dealt with. */
function LockMessage({ reason }: { reason: LockReason }) {
  const { i18n } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(reason);
  const { tone, title, text } = LOCKS[reason];

  useEffect(() => {
    if (shown.current === reason) return;
    shown.current = reason;
    box.current?.focus();
  }, [reason]);

  return (
    <div ref={box} tabIndex={-1} data-testid="lock-message">
      <Callout tone={tone} title={i18n._(title)}>
        <p>{i18n._(text)}</p>
      </Callout>
    </div>
  );
}
