/** Why it failed: what happened, what to do, and what Humanos said in its own words. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { FailureView, RequestDetail } from "../../api/types";
import { Button, Callout } from "../../components";
import { useRouter } from "../../router";
import { FAILURES } from "./failures";
import { fieldName } from "./field-names";
import { Retry } from "./Retry";
import styles from "./Detail.module.css";

export function FailureBlock(props: { request: RequestDetail; failure: FailureView }) {
  const { request, failure } = props;
  const { navigate } = useRouter();
  const { i18n } = useLingui();
  const words = FAILURES[failure.kind];
  const { batchId } = request;

  const edit = () => navigate("request", { serverIssues: failure.fields });

  return (
    <Callout tone={words.tone} title={i18n._(words.title)} testId="failure">
      {batchId === null ? <p>{i18n._(words.text)}</p> : null}
      {failure.said.length > 0 || failure.status !== null ? (
        <Said failure={failure} practice={request.practice} />
      ) : null}
      {failure.fields.length > 0 && batchId === null ? (
        <ul>
          {distinct(failure.fields).map((issue) => (
            <li key={issue.path}>
              <Button kind="quiet" testId={`fix-field-${issue.path}`} onPress={edit}>
                <Trans>Fix {fieldName(issue.path, i18n)}</Trans>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles.actions}>
        {batchId === null ? null : (
          // What was sent to many is mended there: the form may hold something else by now.
          <Button testId="failure-batch" onPress={() => navigate("sending", { id: batchId })}>
            <Trans>See under Sending what can be done</Trans>
          </Button>
        )}
        {words.retry && batchId === null ? <Retry request={request} /> : null}
        {words.edit && batchId === null ? (
          <Button testId="edit-again" onPress={edit}>
            <Trans>Back to the form</Trans>
          </Button>
        ) : null}
        {words.settings ? (
          <Button testId="failure-settings" onPress={() => navigate("settings")}>
            <Trans>Open Settings, Connections</Trans>
          </Button>
        ) : null}
      </div>
    </Callout>
  );
}

function Said({ failure, practice }: { failure: FailureView; practice: boolean }) {
  const byHumanos = failure.status !== null;
  return (
    <figure className={styles.said}>
      <figcaption>
        {byHumanos && practice ? (
          <Trans>What the practice server said (status {failure.status}):</Trans>
        ) : byHumanos ? (
          <Trans>What Humanos said (status {failure.status}):</Trans>
        ) : (
          <Trans>What this computer noted:</Trans>
        )}
      </figcaption>
      <blockquote data-testid="failure-said">
        {failure.said.length === 0 ? <Trans>Nothing more.</Trans> : null}
        {failure.said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </blockquote>
    </figure>
  );
}

function distinct<T extends { path: string }>(issues: readonly T[]): T[] {
  return issues.filter((issue, at) => issues.findIndex((one) => one.path === issue.path) === at);
}
