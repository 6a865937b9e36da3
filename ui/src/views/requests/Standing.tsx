/** Where the request stands, as Humanos said when it was asked the last time. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import cards from "../../answers/Answers.module.css";
import { Decision, More } from "../../answers/AnswerWords";
import { asProblem } from "../../api/problems";
import type { RequestDetail, StatusCredential, StatusSubject, StatusView } from "../../api/types";
import { Badge, Button, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { Moment } from "./Moment";
import { useRequestChanged } from "./pages";
import { standingWords } from "./standings";
import styles from "./Detail.module.css";

/** So many of each are shown. */
const MOST = 200;

export function Standing({ request }: { request: RequestDetail }) {
  const platform = usePlatform();
  const announce = useAnnounce();
  const changed = useRequestChanged();
  const { i18n } = useLingui();
  const { status, state, practice } = request;
  const ask = useMutation({
    mutationFn: () => platform.refreshStatus(request.id),
    onSuccess: (detail) => {
      changed(detail);
      if (!detail.status) return;
      const { badge, sentence } = standingWords(detail.status.standing);
      announce(`${i18n._(badge)}. ${i18n._(sentence)}`);
    },
  });
  if (state !== "accepted" && !status) return null;
  return (
    <section className={styles.part} aria-labelledby="request-standing" data-testid="standing">
      <h3 id="request-standing">
        <Trans>How it stands</Trans>
      </h3>
      {status ? (
        <Status status={status} />
      ) : (
        <p className={styles.soft}>
          <Trans>Not asked yet.</Trans>
        </p>
      )}
      {state === "accepted" ? (
        <div>
          <Button testId="refresh-status" isPending={ask.isPending} onPress={() => ask.mutate()}>
            {ask.isPending ? (
              <Trans>Asking…</Trans>
            ) : practice ? (
              <Trans>Ask the practice server now</Trans>
            ) : (
              <Trans>Ask Humanos now</Trans>
            )}
          </Button>
        </div>
      ) : null}
      {ask.isError ? <ProblemCallout problem={asProblem(ask.error)} /> : null}
    </section>
  );
}

function Status({ status }: { status: StatusView }) {
  const { i18n } = useLingui();
  const { tone, badge, sentence } = standingWords(status.standing);
  return (
    <>
      <p className={styles.badges} data-testid="standing-badge">
        <Badge tone={tone}>{i18n._(badge)}</Badge>
        <span className={styles.soft}>
          <Trans>
            asked <Moment atMs={status.atMs} />
          </Trans>
        </span>
      </p>
      <p>{i18n._(sentence)}</p>
      {status.credentials.length > 0 ? (
        <ul className={styles.people}>
          {status.credentials.slice(0, MOST).map((credential) => (
            <CredentialStanding key={credential.id} credential={credential} />
          ))}
          <More count={status.credentials.length - MOST} />
        </ul>
      ) : null}
      {status.subjects.length > 0 ? (
        <ul className={styles.people}>
          {status.subjects.slice(0, MOST).map((subject) => (
            <SubjectStanding key={subject.contact} subject={subject} />
          ))}
          <More count={status.subjects.length - MOST} />
        </ul>
      ) : null}
    </>
  );
}

function CredentialStanding({ credential }: { credential: StatusCredential }) {
  const { id, name, status, decisions } = credential;
  return (
    <li className={styles.person}>
      <span>
        <span className={styles.contact}>{name ?? id}</span>{" "}
        <code className={styles.soft}>{status}</code>
      </span>
      {decisions.length > 0 ? (
        <ul className={cards.decisions}>
          {decisions.slice(0, MOST).map((one, at) => (
            // One person may be named twice.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              <Decision {...one} />
            </li>
          ))}
          <More count={decisions.length - MOST} />
        </ul>
      ) : (
        <span className={styles.soft}>
          <Trans>Nobody has decided.</Trans>
        </span>
      )}
    </li>
  );
}

function SubjectStanding({ subject }: { subject: StatusSubject }) {
  const { contact, identityStatus, kyc } = subject;
  return (
    <li className={styles.person}>
      <span className={styles.contact}>{contact}</span>
      <span className={styles.soft}>
        {kyc ? (
          <Trans>
            Identity check: <code>{kyc}</code>
          </Trans>
        ) : (
          <Trans>No identity check is told.</Trans>
        )}{" "}
        {identityStatus ? (
          <Trans>
            Identity: <code>{identityStatus}</code>
          </Trans>
        ) : null}
      </span>
    </li>
  );
}
