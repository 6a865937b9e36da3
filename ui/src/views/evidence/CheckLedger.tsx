/** Every event of the ledger is looked at: that it is there, unchanged, and in its place. */
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useLayoutEffect, useRef } from "react";
import { Button, focusSoon, ProblemCallout, Section, useAnnounce } from "../../components";
import { useWork, type Work } from "../../exports/use-work";
import { WorkProgress } from "../../exports/WorkProgress";
import styles from "./Evidence.module.css";
import { useFound } from "./found";
import { LedgerResult } from "./LedgerResult";

export function CheckLedger() {
  const { t } = useLingui();
  const announce = useAnnounce();
  const { report, setReport } = useFound();
  const work = useWork(
    (platform) => platform.checkLedger(),
    (checked) => {
      setReport(checked);
      announce(
        checked.damageCount === 0
          ? t`The ledger holds.`
          : plural(checked.damageCount, {
              one: "# place of the ledger is damaged.",
              other: "# places of the ledger are damaged.",
            }),
      );
    },
  );
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
