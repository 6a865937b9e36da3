/** How the receipt of one request is exported. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Exported, RequestDetail } from "../api/types";
import { Callout } from "../components";
import { useExportChoices } from "./choices";
import { ExportDialog } from "./ExportDialog";
import { HideFields } from "./HideFields";
import { hidden } from "./mask";
import { useWork } from "./use-work";

export interface ReceiptDialogProps {
  request: RequestDetail;
  onSaved: (saved: Exported) => void;
  onClose: () => void;
}

export function ReceiptDialog({ request, onSaved, onClose }: ReceiptDialogProps) {
  const { t } = useLingui();
  const [{ mask }] = useExportChoices();
  const work = useWork(
    (platform) => platform.exportReceipt(request.id, { mask: hidden(mask) }),
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
      <HideFields />
    </ExportDialog>
  );
}
