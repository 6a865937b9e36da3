/** What is in an answer, in plain words. It imports little: the window of a session shows it too. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Answer, AnswerContent, AnswerRest } from "../api/types";
import { Badge } from "../components/Badge";
import styles from "./Answers.module.css";
import { fieldWords, headline, short } from "./words";

/** So many entries of a list are shown; the text as it came has them all. */
const MOST = 50;

export function AnswerWords({ answer, id }: { answer: Answer; id?: string }) {
  const { i18n } = useLingui();
  return (
    <>
      <p id={id} className={styles.headline}>
        {headline(answer, i18n)}
      </p>
      <Content content={answer.content} />
      {answer.rest.length > 0 ? (
        <Rest rest={answer.rest} open={answer.content.kind === "unknown"} />
      ) : null}
    </>
  );
}

function Content({ content }: { content: AnswerContent }) {
  switch (content.kind) {
    case "credential":
      return <CredentialWords content={content} />;
    case "identity":
      return <IdentityWords content={content} />;
    case "otp-failed":
      return (
        <dl className={styles.facts}>
          <Fact label={<Trans>Why</Trans>}>
            {[content.message, content.code].filter(Boolean).join(" · ") || null}
          </Fact>
          <Fact label={<Trans>Can be sent again at</Trans>}>{content.resendEndpoint}</Fact>
        </dl>
      );
    case "test":
      return content.message ? <p>{short(content.message)}</p> : null;
    case "unknown":
      return null;
  }
}

type Of<Kind extends AnswerContent["kind"]> = Extract<AnswerContent, { kind: Kind }>;

function CredentialWords({ content }: { content: Of<"credential"> }) {
  const { resourceType, status, decidedAt, internalId, id, decisions } = content;
  return (
    <>
      <dl className={styles.facts}>
        <Fact label={<Trans>Decided</Trans>}>
          {decidedAt ? <WrittenMoment text={decidedAt} /> : null}
        </Fact>
        <Fact label={<Trans>Kind</Trans>}>{resourceType}</Fact>
        <Fact label={<Trans>Status of the credential</Trans>}>{status}</Fact>
        <Fact label={<Trans>Your reference</Trans>}>{internalId}</Fact>
        <Fact label={<Trans>Credential</Trans>}>{id}</Fact>
      </dl>
      {decisions.length > 0 ? (
        <ul className={styles.decisions}>
          {decisions.slice(0, MOST).map((one, at) => (
            // Nothing else tells two decisions apart for certain.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              <Decision {...one} />
            </li>
          ))}
          <More count={decisions.length - MOST} />
        </ul>
      ) : null}
    </>
  );
}

/** "maria@example.com accepted · 24 Nov 2026, 14:31:00" */
export function Decision(props: {
  contact: string | null;
  accepted: boolean | null;
  decidedAt: string | null;
}) {
  const { accepted, decidedAt } = props;
  const { t } = useLingui();
  const who = short(props.contact ?? "") || t`Somebody`;
  return (
    <>
      {accepted === true ? (
        <Trans>{who} accepted</Trans>
      ) : accepted === false ? (
        <Trans>{who} rejected</Trans>
      ) : (
        <Trans>{who} has not decided</Trans>
      )}
      {decidedAt ? (
        <span className={styles.soft}>
          {" · "}
          <WrittenMoment text={decidedAt} />
        </span>
      ) : null}
    </>
  );
}

function IdentityWords({ content }: { content: Of<"identity"> }) {
  const { i18n } = useLingui();
  const { fraud, riskScore, outcome, message, date, fields } = content;
  return (
    <>
      {fraud === true ? (
        <p>
          <Badge tone="error">
            <Trans>Humanos suspects fraud</Trans>
          </Badge>
        </p>
      ) : null}
      <dl className={styles.facts}>
        <Fact label={<Trans>Said</Trans>}>{message}</Fact>
        <Fact label={<Trans>Outcome</Trans>}>{outcome}</Fact>
        <Fact label={<Trans>Risk score</Trans>}>{riskScore}</Fact>
        <Fact label={<Trans>Checked</Trans>}>{date ? <WrittenMoment text={date} /> : null}</Fact>
        {fields.slice(0, MOST).map(({ name, values }) => {
          const known = fieldWords(name);
          return (
            <Fact key={name} label={known ? i18n._(known) : <code>{short(name)}</code>}>
              {values.length > 1 ? (
                <ul className={styles.values}>
                  {values.slice(0, MOST).map((value, at) => (
                    // oxlint-disable-next-line react/no-array-index-key
                    <li key={at}>{short(value)}</li>
                  ))}
                  <More count={values.length - MOST} />
                </ul>
              ) : (
                (values[0] ?? null)
              )}
            </Fact>
          );
        })}
      </dl>
      {fields.length > MOST ? (
        <ul className={styles.values}>
          <More count={fields.length - MOST} />
        </ul>
      ) : null}
    </>
  );
}

function Rest({ rest, open }: { rest: AnswerRest[]; open: boolean }) {
  return (
    <details className={styles.more} open={open}>
      <summary>
        <Trans>Also in it</Trans>
      </summary>
      <dl className={styles.facts}>
        {rest.slice(0, MOST).map(({ path, json }) => (
          <Fact key={path} label={<code>{short(path)}</code>}>
            <code>{json.length > 0 ? short(json) : null}</code>
          </Fact>
        ))}
      </dl>
      {rest.length > MOST ? (
        <ul className={styles.values}>
          <More count={rest.length - MOST} />
        </ul>
      ) : null}
    </details>
  );
}

/** Left out where nothing is known. */
function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  if (children === null) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>{typeof children === "string" ? short(children) : children}</dd>
    </>
  );
}

/** How many of a list are not shown. */
export function More({ count }: { count: number }) {
  if (count <= 0) return null;
  return (
    <li className={styles.soft}>
      <Plural value={count} one="and # more" other="and # more" />
    </li>
  );
}

const MOMENT = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

/** A moment as others write it, in local time; what is no moment stays as it is. */
export function WrittenMoment({ text }: { text: string }) {
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return <>{short(text)}</>;
  return (
    <time dateTime={text} title={text}>
      {MOMENT.format(at)}
    </time>
  );
}
