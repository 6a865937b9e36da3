/** Whom the request asks: each with a link to hand over, and a code that stays hidden until asked for. */
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { RequestDetail } from "../../api/types";
import { Person } from "./Person";
import { SessionNote } from "./SessionNote";
import styles from "./Detail.module.css";

export function People({ request }: { request: RequestDetail }) {
  const [opened, setOpened] = useState(false);
  const links = request.subjects.some(({ link }) => link !== null);
  return (
    <section className={styles.part} aria-labelledby="request-people">
      <h3 id="request-people">
        <Trans>People ({request.people})</Trans>
      </h3>
      {links && !opened ? <SessionNote practice={request.practice} /> : null}
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
            <Person
              key={subject.index}
              request={request.id}
              subject={subject}
              onOpened={() => setOpened(true)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
