/** First start: where keys rest, then the recovery key, once. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Status } from "../../api/types";
import { OutsidePage } from "./OutsidePage";
import { KeepStep } from "./KeepStep";
import { RecoveryStep } from "./RecoveryStep";

export function StartView({ status }: { status: Status }) {
  const { t } = useLingui();
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  if (recoveryKey !== null) {
    return (
      <OutsidePage title={t`Your recovery key`} step="recovery">
        <RecoveryStep recoveryKey={recoveryKey} />
      </OutsidePage>
    );
  }
  return (
    <OutsidePage title={t`Welcome to Countersign`} step="keep">
      <p>
        <Trans>
          Everything you send and receive is written to an encrypted ledger on this computer;
          nothing leaves it except the requests you send. The key to that ledger, and the keys of
          your connections, are kept where you choose below.
        </Trans>
      </p>
      <KeepStep status={status} onStarted={setRecoveryKey} />
    </OutsidePage>
  );
}
