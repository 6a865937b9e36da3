/** One payload that came: what is in it, how it came, how far it can be trusted, and the text itself. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { AnswerView, OpenResult } from "../api/types";
import { Badge, Button, CopyBlock } from "../components";
import { useRouter } from "../router";
import { Moment } from "../views/requests/Moment";
import styles from "./Answers.module.css";
import { AnswerWords } from "./AnswerWords";
import { RetryAnswer } from "./RetryAnswer";
import { freshnessWords, SIGNATURES, WAYS } from "./words";

export interface AnswerCardProps {
  view: AnswerView;
  /** Away from its request: with the way to it. */
  away?: boolean;
  /** It was tried again and opened: it may be elsewhere now. */
  onOpened?: ((result: OpenResult) => void) | undefined;
}

export function AnswerCard({ view, away = false, onOpened }: AnswerCardProps) {
  const title = useId();
  const { navigate } = useRouter();
  const { request } = view;
  return (
    <article
      className={styles.card}
      data-testid={`answer-${view.id}`}
      aria-labelledby={title}
      tabIndex={-1}
    >
      {view.answer ? (
        <AnswerWords answer={view.answer} id={title} />
      ) : view.opened ? (
        <p id={title} className={styles.headline}>
          <Trans>Opened, but not in a form this version can show</Trans>
        </p>
      ) : (
        <>
          <p id={title} className={styles.headline}>
            <Trans>Kept as it came; could not be opened</Trans>
          </p>
          <RetryAnswer view={view} onOpened={onOpened} />
        </>
      )}
      {away && request ? (
        <div>
          <Button
            testId={`answer-${view.id}-request`}
            onPress={() => navigate("requests", { id: request })}
          >
            {view.requestName ? (
              <Trans>Open its request: {view.requestName}</Trans>
            ) : (
              <Trans>Open its request</Trans>
            )}
          </Button>
        </div>
      ) : null}
      <HowItCame view={view} />
      <AsItCame view={view} />
    </article>
  );
}

function HowItCame({ view }: { view: AnswerView }) {
  const { i18n } = useLingui();
  const { way, atMs, opened, profile, confirmed, signature, freshness } = view;
  const signed = signature ? SIGNATURES[signature] : null;
  return (
    <div className={styles.trust} data-testid={`answer-${view.id}-trust`}>
      <p className={styles.soft}>
        <Trans>
          Came <Moment atMs={atMs} />, {i18n._(WAYS[way])}.
        </Trans>{" "}
        {freshness ? freshnessWords(freshness, i18n) : null}
      </p>
      {signed || profile ? (
        <p className={styles.badges}>
          {signed ? <Badge tone={signed.tone}>{i18n._(signed.text)}</Badge> : null}
          {profile ? (
            <span className={styles.soft}>
              <Trans>
                Opened with the profile <code>{profile}</code>
              </Trans>
            </span>
          ) : null}
          {profile && !confirmed ? (
            <Badge tone="warning">
              <Trans>unconfirmed</Trans>
            </Badge>
          ) : null}
        </p>
      ) : null}
      {!opened ? null : signature === "right" ? (
        <p className={styles.soft}>
          <Trans>
            Whoever signed it has the webhook secret of your organisation, as Humanos does.
          </Trans>
        </p>
      ) : signature === "wrong" ? (
        <p>
          <Trans>Do not rely on it: it was changed on its way, or Humanos did not send it.</Trans>
        </p>
      ) : (
        <p className={styles.soft}>
          <Trans>
            Who wrote it is not proven: take it as a hint until Humanos says the same (“How it
            stands” at its request).
          </Trans>
        </p>
      )}
    </div>
  );
}

function AsItCame({ view }: { view: AnswerView }) {
  const { i18n, t } = useLingui();
  const bytes = i18n.number(view.rawBytes);
  const cut = new TextEncoder().encode(view.raw).length < view.rawBytes;
  return (
    <details className={styles.more}>
      <summary>
        <Trans>The text as it came ({bytes} bytes)</Trans>
      </summary>
      <CopyBlock text={view.raw} label={t`The text as it came`} testId={`answer-${view.id}-raw`} />
      {cut ? (
        <p className={styles.soft}>
          <Trans>Only its start is shown. All of it is in the ledger.</Trans>
        </p>
      ) : null}
    </details>
  );
}
