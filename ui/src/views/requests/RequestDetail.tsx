/** One request: its outcome, what to do about it, whom it asked, and what happened. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { asProblem } from "../../api/problems";
import { useRequest } from "../../api/queries";
import type { RequestDetail as Detail } from "../../api/types";
import { Badge, Button, Loading, ProblemCallout, useAnnounce } from "../../components";
import { useRouter } from "../../router";
import { Answers } from "./Answers";
import { Credentials } from "./Credentials";
import { ExactRequest } from "./ExactRequest";
import { ExportReceipt } from "./ExportReceipt";
import { FailureBlock } from "./FailureBlock";
import { NewRequest } from "./NewRequest";
import { Outcome } from "./Outcome";
import { PartOf } from "./PartOf";
import { People } from "./People";
import { Retry } from "./Retry";
import { Standing } from "./Standing";
import { Timeline } from "./Timeline";
import { outcomeSentence, stateWords } from "./states";
import styles from "./Detail.module.css";

const LOOK_AGAIN_MS = 2_000;

export function RequestDetail({ id }: { id: string }) {
  const request = useRequest(id);
  const title = useRef<HTMLHeadingElement>(null);
  const { visit } = useRouter();
  const { t } = useLingui();
  const sending = request.data?.state === "sending";
  const loaded = request.isSuccess;
  const { refetch } = request;

  useEffect(() => {
    if (!sending) return;
    const timer = setInterval(() => void refetch(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [sending, refetch]);

  useEffect(() => {
    // After the screen's own title: whoever opens a request wants to hear of that request.
    if (visit > 0) title.current?.focus();
  }, [visit]);

  useEffect(() => {
    // Under the list there is room to scroll to it only once it is there.
    const heading = title.current;
    if (loaded && heading === document.activeElement) {
      heading?.parentElement?.scrollIntoView?.({ block: "start" });
    }
  }, [loaded]);

  return (
    <div className={styles.detail} data-testid="request-detail">
      <div className={styles.back}>
        <Button kind="quiet" testId="request-back" onPress={() => backToRow(id)}>
          <Trans>Back to the list</Trans>
        </Button>
      </div>
      <h2 ref={title} tabIndex={-1} className={styles.title}>
        {request.data ? nameOf(request.data) : t`Request`}
      </h2>
      {request.isPending ? <Loading /> : null}
      {request.isError ? <ProblemCallout problem={asProblem(request.error)} /> : null}
      {request.data ? <Loaded request={request.data} /> : null}
    </div>
  );
}

/** Where the detail stands under the list, the way up is long. */
function backToRow(id: string) {
  const row = `[data-testid="request-row-${CSS.escape(id)}"]`;
  document.querySelector<HTMLElement>(`${row}, #main h1`)?.focus();
}

function Loaded({ request }: { request: Detail }) {
  const announce = useAnnounce();
  const { i18n } = useLingui();
  const { tone, badge } = stateWords(request.state, request.practice);
  const said = i18n._(outcomeSentence(request));

  useEffect(() => announce(said), [announce, said]);

  return (
    <>
      <p className={styles.badges}>
        <Badge tone={tone}>{i18n._(badge)}</Badge>
        {request.practice ? (
          <Badge tone="warning">
            <Trans>Practice</Trans>
          </Badge>
        ) : null}
      </p>
      {request.batchId === null ? null : <PartOf batch={request.batchId} />}
      <Outcome request={request} sentence={said} />
      {request.failure ? <FailureBlock request={request} failure={request.failure} /> : null}
      <div className={styles.actions}>
        {request.state === "planned" && request.batchId === null ? (
          <Retry request={request} />
        ) : null}
        <ExportReceipt request={request} />
        {request.state === "accepted" ? <NewRequest /> : null}
      </div>
      <Standing request={request} />
      <Answers request={request} />
      <People request={request} />
      <Credentials credentials={request.credentials} />
      <Timeline request={request} />
      <ExactRequest request={request} />
    </>
  );
}

function nameOf(request: Detail): string {
  return request.name || request.subjects[0]?.contact || request.internalId || request.id;
}
