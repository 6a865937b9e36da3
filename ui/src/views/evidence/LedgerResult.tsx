/** What came of checking the ledger: how much it holds, or which places are damaged and what that means. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Damage, LedgerReport } from "../../api/types";
import { Button, Callout } from "../../components";
import { useRouter } from "../../router";
import { Moment } from "../requests/Moment";
import styles from "./Evidence.module.css";
import { eventsWords } from "./words";

export function LedgerResult({ report }: { report: LedgerReport }) {
  const { t } = useLingui();
  const { damages, damageCount } = report;
  const more = damageCount - damages.length;
  return (
    <div className={styles.result} data-testid="ledger-report" data-damages={damageCount}>
      {damageCount === 0 ? (
        <Callout tone="good" title={<span className={styles.verdict}>{t`The ledger holds`}</span>}>
          <p>
            <Trans>Every event is there, unchanged and in its place.</Trans>
          </p>
        </Callout>
      ) : (
        <>
          <Callout
            tone="error"
            title={
              <span className={styles.verdict}>
                <Plural
                  value={damageCount}
                  one="# place of the ledger is damaged"
                  other="# places of the ledger are damaged"
                />
              </span>
            }
          >
            <p>
              <Trans>
                The rest stays usable: requests that are not named here can be read, sent and
                exported as before. Receipts that were exported earlier can still be checked, with
                or without this ledger.
              </Trans>
            </p>
            <p>
              <Trans>
                Keep a copy of the ledger as it is now. If there is a backup of this computer from
                before the damage, the ledger in it may still hold what is missing here.
              </Trans>
            </p>
          </Callout>
          <ul className={styles.findings} data-testid="damages" aria-label={t`Damaged places`}>
            {damages.map((damage, at) => (
              // Two may be alike.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at} data-testid={`damage-${at}`}>
                <DamageLine damage={damage} at={at} />
              </li>
            ))}
          </ul>
          {more > 0 ? (
            <p className={styles.soft}>
              <Plural
                value={more}
                one="# more place is not shown."
                other="# more places are not shown."
              />
            </p>
          ) : null}
        </>
      )}
      <dl className={styles.facts} data-testid="ledger-facts">
        <dt>
          <Trans>Checked</Trans>
        </dt>
        <dd>
          <Moment atMs={report.checkedAtMs} />
        </dd>
        <dt>
          <Trans>Holds</Trans>
        </dt>
        <dd>
          <Plural value={report.size} one="# event" other="# events" />
        </dd>
        {report.root ? (
          <>
            <dt>
              <Trans>Root of its tree</Trans>
            </dt>
            <dd>
              <code>{report.root}</code>
            </dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}

function DamageLine({ damage, at }: { damage: Damage; at: number }) {
  const { i18n } = useLingui();
  const { navigate } = useRouter();
  const { request, requestName, words } = damage;
  const place = eventsWords(damage.from, damage.to, i18n);
  return (
    <>
      {place === null ? null : <strong>{place}: </strong>}
      <bdi>{words}</bdi>
      {request === null ? null : (
        <div>
          <Button
            kind="quiet"
            testId={`damage-${at}-request`}
            onPress={() => navigate("requests", { id: request })}
          >
            {requestName ? <Trans>Open {requestName}</Trans> : <Trans>Open its request</Trans>}
          </Button>
        </div>
      )}
    </>
  );
}
