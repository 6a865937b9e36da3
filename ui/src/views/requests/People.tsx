/** Whom the request asks: each with a link to hand over, and a code that stays hidden until asked for. */
import { Trans } from "@lingui/react/macro";
import type { RequestDetail } from "../../api/types";
import { Person } from "./Person";
import styles from "./Detail.module.css";

export function People({ request }: { request: RequestDetail }) {
  return (
    <section className={styles.part} aria-labelledby="request-people">
      <h3 id="request-people">
        <Trans>People ({request.people})</Trans>
      </h3>
      {request.subjects.length === 0 ? (
        <p className={styles.soft}>
          {request.state === "accepted" ? (
            <Trans>Humanos named nobody in its answer.</Trans>
          ) : (
            <Trans>Their links appear here once the request is accepted.</Trans>
          )}
        </p>
      ) : (
        <ul className={styles.people}>
          {request.subjects.map((subject) => (
            <Person key={subject.index} request={request.id} subject={subject} />
          ))}
        </ul>
      )}
    </section>
  );
}
