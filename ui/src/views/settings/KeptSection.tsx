/** Where things rest on this computer, in words. */
import { Trans } from "@lingui/react/macro";
import { useStatus } from "../../api/queries";
import { Section } from "../../components";
import styles from "./Settings.module.css";

export function KeptSection() {
  const status = useStatus().data;
  return (
    <Section title={<Trans>Where things are kept</Trans>} testId="kept">
      <ul className={styles.kept}>
        <li>
          <Trans>
            Requests, people, answers and drafts: in the encrypted ledger on this computer. Nothing
            leaves it except the requests you send and questions how they stand.
          </Trans>
        </li>
        <li>
          {status?.keep === "vault" ? (
            <Trans>
              The key of the ledger and the keys of your connections: in an encrypted file behind
              your passphrase. You type it at each start.
            </Trans>
          ) : status?.keep === "session" ? (
            <Trans>
              The key of the ledger and the keys of your connections: for this session only. At the
              next start you need the recovery key, and the keys of each connection again.
            </Trans>
          ) : (
            <Trans>
              The key of the ledger and the keys of your connections: in the keyring of this
              computer, which opens with your login.
            </Trans>
          )}
        </li>
        <li>
          <Trans>
            If those keys are lost, the recovery key you wrote down at first start opens the ledger.
            Countersign keeps no copy of it to show.
          </Trans>
        </li>
      </ul>
      <p className={styles.soft}>
        <Trans>Countersign {status?.appVersion}</Trans>
      </p>
    </Section>
  );
}
