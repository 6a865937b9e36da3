/** The bytes as they were sent, for whoever wants to check them. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { RequestDetail } from "../../api/types";
import { CopyBlock } from "../../components";
import styles from "./Detail.module.css";

export function ExactRequest({ request }: { request: RequestDetail }) {
  const { t } = useLingui();
  return (
    <details className={styles.exact} data-testid="exact-request">
      <summary>
        <Trans>Exact request</Trans>
      </summary>
      <dl className={styles.facts}>
        <dt>
          <Trans>Address</Trans>
        </dt>
        <dd>
          <code>POST {request.url}</code>
        </dd>
        <dt>API-Version</dt>
        <dd>
          <code>{request.apiVersion}</code>
        </dd>
        <dt>Idempotency-Key</dt>
        <dd>
          <code>{request.idempotencyKey}</code>
        </dd>
        <dt>
          <Trans>SHA-256 of the body</Trans>
        </dt>
        <dd>
          <code>{request.bodySha256}</code>
        </dd>
      </dl>
      <CopyBlock text={request.body} label={t`Body as sent`} />
    </details>
  );
}
