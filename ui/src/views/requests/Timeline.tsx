/** What happened and when, newest first, in plain words. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Fragment } from "react";
import type { RequestDetail } from "../../api/types";
import { eventWords } from "./events";
import { Moment } from "./Moment";
import styles from "./Detail.module.css";

export function Timeline({ request }: { request: RequestDetail }) {
  const { i18n } = useLingui();
  const latestFirst = request.events.map((event, at) => ({ event, at })).toReversed();
  return (
    <section className={styles.part} aria-labelledby="request-events">
      <h3 id="request-events">
        <Trans>What happened</Trans>
      </h3>
      <ol className={styles.timeline} data-testid="timeline">
        {latestFirst.map(({ event, at }) => {
          const { title, note, said, pairs } = eventWords(event, request);
          return (
            <li key={at}>
              <strong>{i18n._(title)}</strong>{" "}
              <span className={styles.soft}>
                <Moment atMs={event.atMs} />
              </span>
              {note ? <p className={styles.soft}>{note}</p> : null}
              {said.map((sentence) => (
                <p key={sentence.id} className={styles.soft}>
                  {i18n._(sentence)}
                </p>
              ))}
              {pairs.length > 0 ? <Pairs pairs={pairs} /> : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Pairs({ pairs }: { pairs: readonly [string, string][] }) {
  return (
    <dl className={styles.facts}>
      {pairs.map(([name, value], at) => (
        // A name may come twice.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={at}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <code className={styles.selectable}>{value}</code>
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
