/** How far an export or a check is, to the eye and, at every quarter, to the ear. */
import { useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import type { ExportProgress } from "../api/types";
import { Meter, useAnnounce } from "../components";
import styles from "./Exports.module.css";

export function WorkProgress({ progress }: { progress: ExportProgress }) {
  const { t, i18n } = useLingui();
  const announce = useAnnounce();
  const { step, total } = progress;
  const known = total > 0;
  const done = Math.min(progress.done, total);
  const quarter = known ? Math.floor((done * 4) / total) * 25 : 0;
  const words = {
    checking: t`Checking the ledger`,
    stamping: t`Asking for a time stamp`,
    receipts: t`Making the receipts`,
    writing: t`Writing the file`,
  }[step];
  const far = t`${i18n.number(done)} of ${i18n.number(total)}`;

  useEffect(() => {
    announce(quarter > 0 ? t`${words}, ${quarter} percent` : words);
  }, [announce, t, words, quarter]);

  return (
    <div className={styles.progress} data-testid="export-progress" data-step={step}>
      <p className={styles.progressWords} aria-hidden="true">
        <span>{words}</span>
        <span>{known ? far : ""}</span>
      </p>
      <Meter
        label={words}
        text={known ? far : undefined}
        all={total}
        parts={known ? [{ value: done }] : null}
      />
    </div>
  );
}
