import { Trans } from "@lingui/react/macro";
import type { RequestDetail } from "../../api/types";
import styles from "./Detail.module.css";

export function Credentials({ credentials }: { credentials: RequestDetail["credentials"] }) {
  if (credentials.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="request-credentials">
      <h3 id="request-credentials">
        <Trans>Credentials ({credentials.length})</Trans>
      </h3>
      <ul className={styles.people}>
        {credentials.map(({ id, name, internalId }) => (
          <li key={id} className={styles.person}>
            {name ? <span className={styles.contact}>{name}</span> : null}
            {internalId ? <span>{internalId}</span> : null}
            <code className={styles.selectable}>{id}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
