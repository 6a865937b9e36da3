/** Every event of the ledger is looked at: that it is there, unchanged, and in its place. */
import { Trans } from "@lingui/react/macro";
import { useLayoutEffect, useRef } from "react";
import { Button, focusSoon, ProblemCallout, Section } from "../../components";
import type { Work } from "../../exports/use-work";
import { WorkProgress } from "../../exports/WorkProgress";
import styles from "./Evidence.module.css";
import { useFound } from "./found";
import { LedgerResult } from "./LedgerResult";

export function CheckLedger() {
  const { report, ledger: work } = useFound();
  return (
    <Section
      title={<Trans>Check the ledger</Trans>}
      testId="ledger-check"
      hint={
        <Trans>
          Each event is chained to the one before it, so what is changed or taken out shows. It is
          also checked before each export.
        </Trans>
      }
    >
      <div className={styles.buttons}>
        <Button testId="check-ledger" isPending={work.busy} onPress={work.start}>
          {work.busy ? <Trans>Checking…</Trans> : <Trans>Check now</Trans>}
        </Button>
        {work.busy ? <Cancel work={work} /> : null}
      </div>
      {work.progress ? <WorkProgress progress={work.progress} /> : null}
      {work.problem ? <ProblemCallout problem={work.problem} /> : null}
      {report ? <LedgerResult report={report} /> : null}
    </Section>
  );
}

function Cancel({ work }: { work: Work }) {
  const button = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const held = button.current;
    return () => {
      // Pressed, it goes with what it ended.
      if (held === document.activeElement) focusSoon("[data-testid=check-ledger]");
    };
  }, []);

  return (
    <Button ref={button} testId="check-ledger-cancel" isPending={work.ending} onPress={work.end}>
      {work.ending ? <Trans>Ending…</Trans> : <Trans>Cancel</Trans>}
    </Button>
  );
}
