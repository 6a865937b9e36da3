/** What came of a dry run: every request was made and checked, and none was sent. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { DryRun as Ran } from "../../api/types";
import { Callout, useAnnounce } from "../../components";
import { TestResult } from "../settings/TestResult";
import styles from "./ReviewView.module.css";

export function DryRun({ ran }: { ran: Ran }) {
  const { t, i18n } = useLingui();
  const announce = useAnnounce();
  const box = useRef<HTMLDivElement>(null);
  const all = size(ran.bytes, i18n.locale);
  const largest = size(ran.largest, i18n.locale);

  useEffect(() => {
    announce(t`Dry run done. Nothing was sent.`);
    box.current?.scrollIntoView?.({ block: "nearest" });
  }, [announce, t]);

  return (
    <div ref={box} className={styles.ran} data-testid="dry-run-result">
      <Callout tone="good" title={t`Dry run done. Nothing was sent.`}>
        <p>
          <Plural
            value={ran.requests}
            one="# request was made and checked"
            other="# requests were made and checked"
          />
          , <Plural value={ran.people} one="for # person" other="for # people" />.{" "}
          {ran.requests > 1 ? (
            <Trans>
              {all} in all, the largest {largest}.
            </Trans>
          ) : (
            <Trans>{all}.</Trans>
          )}
        </p>
      </Callout>
      {ran.connection ? <TestResult result={ran.connection} /> : null}
      {ran.unreached === null ? null : (
        <Callout
          tone="warning"
          title={t`The connection was not reached.`}
          testId="dry-run-unreached"
        >
          <p>{ran.unreached}</p>
        </Callout>
      )}
    </div>
  );
}

function size(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1000
      ? [bytes, "byte"]
      : bytes < 1_000_000
        ? [bytes / 1000, "kilobyte"]
        : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: String(unit),
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: Number(value) < 10 && unit !== "byte" ? 1 : 0,
  }).format(Number(value));
}
