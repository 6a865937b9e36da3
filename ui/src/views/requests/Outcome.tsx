/** The state in a sentence, and the names this request goes by. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { RequestDetail } from "../../api/types";
import { CopyText } from "./CopyText";
import { levelWords } from "./states";
import styles from "./Detail.module.css";

export function Outcome({ request, sentence }: { request: RequestDetail; sentence: string }) {
  const { i18n, t } = useLingui();
  return (
    <section data-testid="outcome" className={styles.outcome} aria-label={t`Outcome`}>
      <p data-testid="outcome-state" className={styles.sentence}>
        {sentence}
      </p>
      <dl className={styles.facts}>
        {request.humanosId ? (
          <>
            <dt>
              <Trans>Request id</Trans>
            </dt>
            <dd>
              <CopyText text={request.humanosId} what={t`Request id`} testId="request-id" />
            </dd>
          </>
        ) : null}
        {request.internalId ? (
          <>
            <dt>
              <Trans>Your reference</Trans>
            </dt>
            <dd>{request.internalId}</dd>
          </>
        ) : null}
        <dt>
          <Trans>How strictly</Trans>
        </dt>
        <dd>
          {i18n._(levelWords(request.securityLevel))}{" "}
          <code className={styles.soft}>{request.securityLevel}</code>
        </dd>
        <dt>
          <Trans>Connection</Trans>
        </dt>
        <dd>{request.connectionName}</dd>
      </dl>
    </section>
  );
}
