/** Requests that met the same: what was said, how many they are, and what can be done. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../../api/problems";
import type { BatchView, FailureGroup } from "../../api/types";
import { Badge, Button, ProblemCallout, useAnnounce, type Tone } from "../../components";
import { useRouter } from "../../router";
import { FAILURES } from "../requests/failures";
import { useBatchCommand } from "./batches";
import { ResendUnknown } from "./ResendUnknown";
import styles from "./Sending.module.css";
import { putBackText, shortState } from "./words";

export interface FailureItemProps {
  batch: BatchView;
  group: FailureGroup;
  /** No other group has this state, so that all of the state are these. */
  alone: boolean;
  onMend: () => void;
  onChoose: () => void;
}

export function FailureItem({ batch, group, alone, onMend, onChoose }: FailureItemProps) {
  const { i18n } = useLingui();
  const { navigate } = useRouter();
  const { first, requests, said, status, kind, state, contact } = group;
  const words = FAILURES[kind];
  const tone: Tone = state === "refused" ? "error" : "warning";
  const number = i18n.number(first.number);
  return (
    <article className={styles.group} data-testid="failure-group" data-state={state}>
      <p className={styles.groupSaid}>
        <Badge tone={tone}>
          {state === "refused" && status !== null ? String(status) : i18n._(shortState(state))}
        </Badge>
        <span data-testid="failure-said">{said || i18n._(words.title)}</span>
      </p>
      <p className={styles.soft}>
        {requests === 1 ? (
          <Trans>
            Request #{number} · <Plural value={group.people} one="# person" other="# people" />
          </Trans>
        ) : (
          <Trans>
            <Plural value={requests} one="# request" other="# requests" /> ·{" "}
            <Plural value={group.people} one="# person" other="# people" /> · the first is #{number}
          </Trans>
        )}
      </p>
      <p>
        {state === "unknown" ? (
          batch.state === "running" ? (
            <Trans>It is being looked up on the server. It is not sent twice.</Trans>
          ) : (
            <Trans>It is looked up when sending goes on. It is not sent twice.</Trans>
          )
        ) : state === "not-sent" ? (
          <Trans>Nobody was asked. It goes again by itself while sending goes on.</Trans>
        ) : said ? (
          i18n._(words.title)
        ) : null}
      </p>
      <div className={styles.buttons}>
        {state === "refused" && mendable(kind) ? (
          <Button testId="fix-contact" onPress={onMend}>
            {contact ? <Trans>Fix {contact}…</Trans> : <Trans>Fix a contact…</Trans>}
          </Button>
        ) : null}
        {state === "unknown" ? (
          <ResendUnknown batch={batch} group={group} alone={alone} onChoose={onChoose} />
        ) : state === "not-sent" ? null : (
          <ResendGroup batch={batch} group={group} alone={alone} onChoose={onChoose} />
        )}
        {words.settings ? (
          <Button testId="group-settings" onPress={() => navigate("settings")}>
            <Trans>Open Settings, Connections</Trans>
          </Button>
        ) : null}
        <Button
          kind="quiet"
          testId="open-first"
          onPress={() => navigate("requests", { id: first.id })}
        >
          <Trans>Open request #{number}</Trans>
        </Button>
      </div>
    </article>
  );
}

function ResendGroup({ batch, group, alone, onChoose }: Omit<FailureItemProps, "onMend">) {
  const announce = useAnnounce();
  const single = group.requests === 1;
  const resend = useBatchCommand(
    batch.id,
    (platform, ids: string[] | null) => platform.resendRefused(batch.id, ids),
    (count) => announce(putBackText(count)),
  );
  if (!single && !alone) {
    return (
      <Button testId="choose-these" onPress={onChoose}>
        <Trans>Choose which to send again</Trans>
      </Button>
    );
  }
  return (
    <>
      <Button
        testId="resend-group"
        isPending={resend.isPending}
        onPress={() => resend.mutate(single ? [group.first.id] : null)}
      >
        {single ? <Trans>Send this one again</Trans> : <Trans>Send these again</Trans>}
      </Button>
      {resend.isError ? <ProblemCallout problem={asProblem(resend.error)} /> : null}
    </>
  );
}

/** Something in the request itself was refused, so that another contact may help. */
function mendable(kind: FailureGroup["kind"]): boolean {
  return kind === "field-errors" || kind === "refused";
}
