/** The check of the ledger, run from above the views: who goes to another and comes back finds it as far as it is. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { LedgerReport } from "../../api/types";
import { useAnnounce } from "../../components";
import { useWork } from "../../exports/use-work";

export function useLedgerCheck(onReport: (report: LedgerReport) => void) {
  const { t } = useLingui();
  const announce = useAnnounce();
  return useWork(
    (platform) => platform.checkLedger(),
    (report) => {
      onReport(report);
      announce(
        report.damageCount === 0
          ? t`The ledger holds.`
          : plural(report.damageCount, {
              one: "# place of the ledger is damaged.",
              other: "# places of the ledger are damaged.",
            }),
      );
    },
  );
}
