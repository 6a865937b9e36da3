/** What came of checking one file: the verdict, what was found and where, what the file says, and what the ledger says. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { CheckFinding, ReceiptCheck } from "../../api/types";
import { Badge, Button, Callout } from "../../components";
import { CheckFacts } from "./CheckFacts";
import styles from "./Evidence.module.css";
import { bytesWords, IN_LEDGER, KINDS, verdictWords } from "./words";

const FIRST_FINDINGS = 20;

export function CheckResult({ check }: { check: ReceiptCheck }) {
  const { i18n } = useLingui();
  const title = useId();
  const { tone, title: verdict, text } = verdictWords(check);
  const { facts, findings, kind } = check;
  const ledger = IN_LEDGER[check.ledger];
  return (
    <article
      className={styles.result}
      data-testid="check-result"
      data-verdict={check.verdict}
      aria-labelledby={title}
    >
      <h3 id={title} className={styles.file}>
        <bdi>{check.file}</bdi>{" "}
        <span className={styles.kind}>
          {"· "}
          {i18n._(KINDS[kind])}
        </span>
      </h3>
      <Callout
        tone={tone}
        testId="check-verdict"
        title={<span className={styles.verdict}>{i18n._(verdict)}</span>}
      >
        <p>{i18n._(text)}</p>
      </Callout>
      {facts && (facts.interim || facts.practice) ? (
        <p className={styles.badges}>
          {facts.interim ? (
            <Badge tone="warning" testId="check-interim">
              <Trans>Interim: the outcome was still open</Trans>
            </Badge>
          ) : null}
          {facts.practice ? (
            <Badge tone="warning" testId="check-practice">
              <Trans>Practice: nobody was asked</Trans>
            </Badge>
          ) : null}
        </p>
      ) : null}
      {findings.length > 0 ? <Findings findings={findings} /> : null}
      {facts ? (
        <>
          <p data-testid="check-in-ledger" data-ledger={check.ledger}>
            <Badge tone={ledger.tone}>{i18n._(ledger.text)}</Badge>
          </p>
          <CheckFacts facts={facts} kind={kind} />
        </>
      ) : null}
    </article>
  );
}

function Findings({ findings }: { findings: readonly CheckFinding[] }) {
  const [whole, setWhole] = useState(false);
  const title = useId();
  const shown = whole ? findings : findings.slice(0, FIRST_FINDINGS);
  const more = findings.length - shown.length;
  return (
    <>
      <h4 id={title} className={styles.heading}>
        <Trans>What was found</Trans>
      </h4>
      <ul className={styles.findings} aria-labelledby={title} data-testid="check-findings">
        {shown.map((finding, at) => (
          // Two findings may be alike.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            <Finding finding={finding} />
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <div>
          <Button kind="quiet" testId="check-all-findings" onPress={() => setWhole(true)}>
            <Plural value={more} one="Show # more" other="Show # more" />
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Finding({ finding }: { finding: CheckFinding }) {
  const { i18n } = useLingui();
  const { words, place, from, to } = finding;
  const bytes = bytesWords(from, to, i18n);
  return (
    <>
      <bdi>{words}</bdi>
      {place === null && bytes === null ? null : (
        <p className={styles.soft}>
          {place === null ? null : (
            <code>
              <bdi>{place}</bdi>
            </code>
          )}
          {place !== null && bytes !== null ? ", " : null}
          {bytes}
        </p>
      )}
    </>
  );
}
