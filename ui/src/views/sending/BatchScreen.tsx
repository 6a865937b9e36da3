/** One batch: how far it is, what needs the officer, all its requests, and how it is steered. */
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { BatchView, RequestState } from "../../api/types";
import { Badge, Button } from "../../components";
import { useRouter } from "../../router";
import { Screen } from "../../shell/Screen";
import { Moment } from "../requests/Moment";
import { shortText } from "../requests/times";
import { BatchEvidence } from "./BatchEvidence";
import { BatchTable } from "./BatchTable";
import { Control } from "./Control";
import { NeedsYou } from "./NeedsYou";
import { PaceBox } from "./PaceBox";
import { Progress } from "./Progress";
import styles from "./Sending.module.css";
import { useNarrow } from "./use-narrow";
import { useProgressSaid } from "./use-progress-said";
import { WhyPaused } from "./WhyPaused";
import { batchState } from "./words";

export function BatchScreen({ batch, several }: { batch: BatchView; several: boolean }) {
  const { t } = useLingui();
  const [state, setState] = useState<RequestState | null>(null);
  const table = useRef<HTMLElement>(null);
  const requests = plural(batch.requests, { one: "# request", other: "# requests" });
  const title = t`${batch.name}, ${requests}`;
  useProgressSaid(batch);
  const narrow = useNarrow();
  const controls = (
    <>
      <Control batch={batch} />
      <PaceBox batch={batch} />
      <BatchEvidence batch={batch} />
    </>
  );

  const choose = (wanted: RequestState) => {
    setState(wanted);
    requestAnimationFrame(() => {
      table.current?.scrollIntoView?.({ block: "start" });
      table.current?.querySelector<HTMLElement>("h2")?.focus();
    });
  };

  return (
    <Screen
      title={title}
      titleTestId="batch-title"
      note={<Note batch={batch} several={several} />}
      railLabel={t`Control`}
      rail={narrow ? null : controls}
    >
      <WhyPaused batch={batch} />
      <Progress batch={batch} state={state} onState={setState} />
      {/* Under all requests nobody would find Pause in time. */}
      {narrow ? <div className={styles.controls}>{controls}</div> : null}
      <NeedsYou batch={batch} onChoose={choose} />
      <BatchTable ref={table} batch={batch} state={state} onState={setState} />
    </Screen>
  );
}

function Note({ batch, several }: { batch: BatchView; several: boolean }) {
  const { i18n } = useLingui();
  const { navigate } = useRouter();
  const [nowMs] = useState(() => Date.now());
  const { tone, badge } = batchState(batch);
  const minute = i18n.number(batch.pace.perMinute);
  return (
    <div className={styles.note} data-testid="batch-note">
      <Badge tone={tone} testId="batch-state">
        {i18n._(badge)}
      </Badge>
      <span>
        <Trans>
          Started <Moment atMs={batch.createdAtMs} text={shortText(batch.createdAtMs, nowMs)} />
        </Trans>
        {" · "}
        {batch.endedAtMs === null ? (
          <Trans>{minute} a minute</Trans>
        ) : (
          <Trans>
            ended <Moment atMs={batch.endedAtMs} text={shortText(batch.endedAtMs, nowMs)} />
          </Trans>
        )}
        {" · "}
        {batch.practice ? <Trans>Practice</Trans> : batch.connectionName}
        {batch.state === "running" ? (
          <>
            {" · "}
            <Trans>you can close this window, sending goes on at the next start</Trans>
          </>
        ) : null}
      </span>
      {several ? (
        <Button kind="quiet" testId="all-batches" onPress={() => navigate("sending")}>
          <Trans>All of them</Trans>
        </Button>
      ) : null}
    </div>
  );
}
