/** How fast it goes, how fast it may, and whether Humanos asked for less. */
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BatchView } from "../../api/types";
import { Button, focusSoon } from "../../components";
import { Moment } from "../requests/Moment";
import { shortText } from "../requests/times";
import { PaceForm } from "./PaceForm";
import styles from "./Sending.module.css";

export function PaceBox({ batch }: { batch: BatchView }) {
  const { i18n } = useLingui();
  const [editing, setEditing] = useState(false);
  const [nowMs] = useState(() => Date.now());
  const { perMinute, allowedPerMinute, pace, slowed } = batch;
  const now = i18n.number(perMinute ?? 0);
  const limit = i18n.number(pace.perMinute);
  const allowed = i18n.number(allowedPerMinute);
  const close = () => {
    setEditing(false);
    focusSoon("[data-testid=edit-pace]");
  };
  return (
    <section className={styles.railPart} aria-labelledby="pace-title" data-testid="batch-pace">
      <h2 id="pace-title">
        <Trans>Pace</Trans>
      </h2>
      <dl className={styles.facts}>
        <dt>
          <Trans>Now</Trans>
        </dt>
        <dd data-testid="pace-now">
          {perMinute !== null ? (
            <Trans>{now} a minute</Trans>
          ) : batch.state === "running" ? (
            <Trans>not known yet</Trans>
          ) : (
            <Trans>nothing is sent</Trans>
          )}
        </dd>
        <dt>
          <Trans>Limit</Trans>
        </dt>
        <dd data-testid="pace-limit">
          <Trans>
            {limit} a minute, {pace.inFlight} at once
          </Trans>
        </dd>
        {slowed ? (
          <>
            <dt>
              <Trans>Slowed</Trans>
            </dt>
            <dd data-testid="pace-slowed">
              {plural(slowed.times, { 1: "once", 2: "twice", other: "# times" })}
              {slowed.times > 1 ? <Trans>, last at</Trans> : <Trans>, at</Trans>}{" "}
              <Moment atMs={slowed.atMs} text={shortText(slowed.atMs, nowMs)} />
            </dd>
          </>
        ) : null}
      </dl>
      {allowedPerMinute < pace.perMinute ? (
        <p className={styles.small}>
          <Trans>
            Humanos asked to slow down: {allowed} a minute for now. It is raised again step by step.
          </Trans>
        </p>
      ) : null}
      {editing ? (
        <PaceForm connection={batch.connectionId} pace={pace} onDone={close} />
      ) : (
        <div>
          <Button testId="edit-pace" onPress={() => setEditing(true)}>
            <Trans>Change the limit…</Trans>
          </Button>
        </div>
      )}
      <p className={styles.small}>
        <Trans>All that is sent through {batch.connectionName} shares this limit.</Trans>
      </p>
    </section>
  );
}
