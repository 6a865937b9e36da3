/** What a file says of itself. It counts as far as the verdict goes. */
import { Plural, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { CheckFacts as Facts, CheckKind } from "../../api/types";
import { stateWords } from "../requests/states";
import { utcText } from "../requests/times";
import styles from "./Evidence.module.css";

export interface CheckFactsProps {
  facts: Facts;
  kind: CheckKind;
}

export function CheckFacts({ facts, kind }: CheckFactsProps) {
  const { t, i18n } = useLingui();
  const pack = kind === "pack";
  const asker = [facts.officer, facts.organisation].filter(Boolean).join(", ");
  const { badge } = stateWords(facts.state, facts.practice);
  return (
    <dl className={styles.facts} data-testid="check-facts">
      <Fact name={t`Asked by`}>{asker}</Fact>
      {pack ? (
        <Fact name={t`Receipts in it`}>{i18n.number(facts.receipts)}</Fact>
      ) : (
        <>
          <Fact name={t`Request`}>{facts.requestName}</Fact>
          <Fact name={t`Request id`} code>
            {facts.requestId}
          </Fact>
          <Fact name={t`State`}>{facts.state && i18n._(badge)}</Fact>
          <Fact name={t`People`}>
            <Plural value={facts.people} one="# person" other="# people" />
          </Fact>
        </>
      )}
      <Fact name={t`Exported`}>{moment(facts.exportedAtUtc)}</Fact>
      <Fact name={t`Key`}>
        {facts.kid && (facts.keyKnown ? t`this computer's` : t`not known here`)}
      </Fact>
      <Fact name={t`Key fingerprint`} code>
        {facts.fingerprint}
      </Fact>
      <Fact name={t`Key id`} code>
        {facts.kid}
      </Fact>
      {facts.headRoot ? (
        <Fact name={t`Ledger at that time`}>
          <Plural value={facts.headSize} one="# event" other="# events" />
          {", "}
          <code>{facts.headRoot}</code>
        </Fact>
      ) : null}
      {facts.stampedBy ? (
        <Fact name={t`Time stamp`}>{t`${moment(facts.stampedAtUtc)}, by ${facts.stampedBy}`}</Fact>
      ) : null}
    </dl>
  );
}

/** What is not given is not shown. */
function Fact(props: { name: string; code?: boolean; children: ReactNode }) {
  const { name, code, children } = props;
  if (children === "" || children === null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{code ? <code>{children}</code> : <bdi>{children}</bdi>}</dd>
    </>
  );
}

/** As it stands in the file where it is no moment. */
function moment(text: string): string {
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? text : utcText(atMs);
}
