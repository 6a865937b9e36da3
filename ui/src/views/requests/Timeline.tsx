/** What happened and when, newest first, in plain words. */
import { Trans, useLingui } from "@lingui/react/macro";
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
          const { title, note } = eventWords(event, request);
          return (
            <li key={at}>
              <strong>{i18n._(title)}</strong>{" "}
              <span className={styles.soft}>
                <Moment atMs={event.atMs} />
              </span>
              {note ? <p className={styles.soft}>{note}</p> : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
