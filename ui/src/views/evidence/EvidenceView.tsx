/** What proves what was asked and answered: files are checked here, the ledger, and the key that signs. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Screen } from "../../shell/Screen";
import { CheckFile } from "./CheckFile";
import { CheckLedger } from "./CheckLedger";
import { DeviceKey } from "./DeviceKey";
import { TimeStamps } from "./TimeStamps";

export function EvidenceView() {
  const { t } = useLingui();
  return (
    <Screen
      title={t`Evidence`}
      note={<Trans>Receipts and the ledger are checked on this computer, without a network.</Trans>}
    >
      <CheckFile />
      <CheckLedger />
      <DeviceKey />
      <TimeStamps />
    </Screen>
  );
}
