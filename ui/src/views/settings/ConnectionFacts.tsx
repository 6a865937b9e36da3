import { Trans, useLingui } from "@lingui/react/macro";
import type { ConnectionView } from "../../api/types";
import { keptWords } from "./words";
import styles from "./Settings.module.css";

export function ConnectionFacts({ connection }: { connection: ConnectionView }) {
  const { i18n } = useLingui();
  const { practice, baseUrl, apiVersion, proxy, hasCa, pace } = connection;
  const minute = i18n.number(pace.perMinute);
  const kept = practice ? null : keptWords(connection.kept);
  return (
    <>
      <p className={styles.soft}>
        {practice ? (
          <Trans>A server on this computer, to learn with. Nobody receives a message.</Trans>
        ) : (
          <Trans>Requests on this connection reach real people.</Trans>
        )}
      </p>
      <dl className={styles.facts}>
        <dt>
          <Trans>Address</Trans>
        </dt>
        <dd>{baseUrl || "–"}</dd>
        <dt>
          <Trans>API version</Trans>
        </dt>
        <dd>{apiVersion}</dd>
        <dt>
          <Trans>Pace</Trans>
        </dt>
        <dd>
          <Trans>
            {minute} a minute, {pace.inFlight} at once
          </Trans>
        </dd>
        {practice ? null : (
          <>
            <dt>
              <Trans>API key</Trans>
            </dt>
            <dd>
              <KeyEnd hint={connection.apiKeyHint} fingerprint={connection.apiKeyFingerprint} />
            </dd>
            <dt>
              <Trans>Signature secret</Trans>
            </dt>
            <dd>
              <KeyEnd hint={connection.secretHint} fingerprint={connection.secretFingerprint} />
            </dd>
          </>
        )}
        {connection.webhook ? (
          <>
            <dt>
              <Trans>Webhook secrets</Trans>
            </dt>
            <dd>
              <Trans>
                signature <code>…{connection.webhook.signatureSecret}</code>, encryption{" "}
                <code>…{connection.webhook.encryptionSecret}</code>, salt{" "}
                <code>…{connection.webhook.encryptionSalt}</code>
              </Trans>
            </dd>
          </>
        ) : null}
        {kept ? (
          <>
            <dt>
              <Trans>Keys are kept</Trans>
            </dt>
            <dd>{i18n._(kept)}</dd>
          </>
        ) : null}
        {proxy ? (
          <>
            <dt>
              <Trans>Proxy</Trans>
            </dt>
            <dd>{proxy}</dd>
          </>
        ) : null}
        {hasCa ? (
          <>
            <dt>
              <Trans>Extra certificate</Trans>
            </dt>
            <dd>
              <Trans>stored</Trans>
            </dd>
          </>
        ) : null}
      </dl>
    </>
  );
}

function KeyEnd({ hint, fingerprint }: { hint: string; fingerprint: string }) {
  return (
    <>
      <code>…{hint}</code>{" "}
      <span className={styles.soft}>
        <Trans>
          fingerprint <code>{fingerprint}</code>
        </Trans>
      </span>
    </>
  );
}
