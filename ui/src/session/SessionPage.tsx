/** A person answers in the frame; the bar above says for whom, where the page comes from and what came of it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { AnswerWords } from "../answers/AnswerWords";
import { headline } from "../answers/words";
import type { Answer } from "../api/types";
import type { Pass } from "../platform/session";
import { listenTo, type Heard } from "./messages";
import styles from "./Session.module.css";
import type { Told } from "./told";

/** What the bar shows: the last that came, and the last that was refused, each until another comes. */
interface Shown {
  came: Heard | null;
  answers: number;
  refused: Heard | null;
}

const NOTHING: Shown = { came: null, answers: 0, refused: null };

export function SessionPage({ told, pass }: { told: Told; pass: Pass }) {
  const { t } = useLingui();
  const { src, origin, contact } = told;
  const frame = useRef<HTMLIFrameElement>(null);
  const [{ came, answers, refused }, setShown] = useState(NOTHING);

  // Before the frame can have loaded, so that no message is missed.
  useLayoutEffect(
    () =>
      listenTo({
        origin,
        frame: () => frame.current?.contentWindow ?? null,
        pass,
        tell: (heard) =>
          setShown((shown) =>
            isAnswer(heard)
              ? { ...shown, came: heard, answers: shown.answers + 1 }
              : { ...shown, refused: heard },
          ),
      }),
    [origin, pass],
  );

  useEffect(() => {
    document.title = t`${contact} answers - Countersign`;
  }, [contact, t]);

  const opened = answerIn(came);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <h1 className={styles.who}>
          {contact}{" "}
          <span className={styles.soft}>
            <Trans>
              The page below comes from <code>{origin}</code>
            </Trans>
          </span>
        </h1>
        <div role="status" className={styles.state} data-testid="session-state">
          <p>
            {came ? <HeardWords heard={came} /> : <Trans>Waiting for an answer</Trans>}
            {answers > 1 ? (
              <span className={styles.soft}>
                {" "}
                <Trans>({answers} came so far)</Trans>
              </span>
            ) : null}
          </p>
          {refused ? (
            <p data-testid="session-refused">
              <HeardWords heard={refused} />
            </p>
          ) : null}
        </div>
        {opened ? (
          <details className={styles.answer} data-testid="session-answer">
            <summary>
              <Trans>What came</Trans>
            </summary>
            <AnswerWords answer={opened} />
          </details>
        ) : null}
      </header>
      <main className={styles.main}>
        {/* Humanos does not document what its page needs, so a sandbox could break it. */}
        {/* oxlint-disable-next-line react/iframe-missing-sandbox */}
        <iframe
          ref={frame}
          className={styles.frame}
          data-testid="session-frame"
          title={t`The page on which ${contact} answers`}
          allow="camera"
          referrerPolicy="no-referrer"
          src={src}
        />
      </main>
    </div>
  );
}

/** The address does not fit together; nothing is framed. */
export function NoSession() {
  return (
    <main className={styles.bar} data-testid="no-session">
      <h1>
        <Trans>Nothing can be opened here</Trans>
      </h1>
      <p>
        <Trans>
          Close this window and choose “Open here” at the request again. “Open in browser” always
          works.
        </Trans>
      </p>
    </main>
  );
}

function isAnswer(heard: Heard): boolean {
  return heard.kind === "said" && heard.said.outcome !== "refused";
}

function answerIn(heard: Heard | null): Answer | null {
  return heard?.kind === "said" ? (heard.said.answer?.answer ?? null) : null;
}

function HeardWords({ heard }: { heard: Heard }) {
  const { i18n } = useLingui();
  switch (heard.kind) {
    case "too-long":
      return <Trans>A message of more than 8 MiB came. It was refused.</Trans>;
    case "not-text":
      return <Trans>A message came that cannot be written as text. It was refused.</Trans>;
    case "too-many":
      return <Trans>More messages came at once than can be taken. Some were refused.</Trans>;
    case "failed":
      return <Trans>A message came but could not be kept: {heard.message}</Trans>;
    case "said":
      break;
  }
  const answer = answerIn(heard);
  switch (heard.said.outcome) {
    case "opened": {
      const words = answer ? headline(answer, i18n) : null;
      return words === null ? (
        <Trans>An answer came.</Trans>
      ) : (
        <Trans>An answer came: {words}</Trans>
      );
    }
    case "known":
      return <Trans>The same answer came again.</Trans>;
    case "kept":
      return <Trans>An answer came that could not be opened. It is kept as it came.</Trans>;
    case "refused":
      return <Trans>A message came that is no answer. It was not kept.</Trans>;
  }
}
