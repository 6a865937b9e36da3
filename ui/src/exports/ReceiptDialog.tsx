/** How the receipt of one request is exported. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Exported, RequestDetail } from "../api/types";
import { Callout, RadioCards } from "../components";
import { useExportChoices } from "./choices";
import { ExportDialog } from "./ExportDialog";
import styles from "./Exports.module.css";
import { HideFields } from "./HideFields";
import { LanguageField } from "./LanguageField";
import { hidden } from "./mask";
import { useWork } from "./use-work";

export interface ReceiptDialogProps {
  request: RequestDetail;
  onSaved: (saved: Exported) => void;
  onClose: () => void;
}

export function ReceiptDialog({ request, onSaved, onClose }: ReceiptDialogProps) {
  const { t } = useLingui();
  const [choices, change] = useExportChoices();
  const { receipt: format, language, mask } = choices;
  const work = useWork(
    (platform) => platform.exportReceipt(request.id, { format, language, mask: hidden(mask) }),
    (saved) => {
      if (saved) onSaved(saved);
    },
  );
  const interim = request.state !== "accepted" && request.state !== "refused";
  return (
    <ExportDialog
      title={t`Export the receipt`}
      testId="receipt-dialog"
      narrow
      work={work}
      onSave={work.start}
      onClose={onClose}
    >
      {interim ? (
        <Callout tone="warning" testId="interim-note" title={t`This receipt is interim`}>
          <p>
            <Trans>
              The outcome of the request is still open, and the receipt says so. Export it again
              once the outcome is known.
            </Trans>
          </p>
        </Callout>
      ) : null}
      <h3 className={styles.title}>
        <Trans>Format</Trans>
      </h3>
      <RadioCards
        path="format"
        label={t`Format`}
        value={format}
        onChange={(receipt) => change({ receipt })}
        cards={[
          {
            value: "json",
            title: t`Signed JSON`,
            text: t`For programs: anyone can check its signature alone.`,
          },
          {
            value: "pdf",
            title: t`PDF`,
            text: t`For people and files: a page to read and print, with the signed JSON inside.`,
          },
        ]}
      />
      {format === "pdf" ? <LanguageField /> : null}
      <HideFields />
    </ExportDialog>
  );
}
