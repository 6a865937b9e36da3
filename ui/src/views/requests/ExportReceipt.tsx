import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Exported, RequestDetail } from "../../api/types";
import { Button, useAnnounce } from "../../components";
import { ExportedNotes } from "../../exports/ExportedNotes";
import { ReceiptDialog } from "../../exports/ReceiptDialog";
import { useRequestChanged } from "./pages";
import styles from "./Detail.module.css";

export function ExportReceipt({ request }: { request: RequestDetail }) {
  const announce = useAnnounce();
  const changed = useRequestChanged();
  const { t } = useLingui();
  const [choosing, setChoosing] = useState(false);
  const [saved, setSaved] = useState<Exported | null>(null);
  return (
    <>
      {saved ? (
        <div className={styles.whole}>
          <ExportedNotes saved={saved} of="receipt" testId="export" />
        </div>
      ) : null}
      <Button
        kind={request.state === "accepted" ? "primary" : "plain"}
        testId="export-receipt"
        onPress={() => {
          setSaved(null);
          setChoosing(true);
        }}
      >
        <Trans>Export receipt…</Trans>
      </Button>
      {choosing ? (
        <ReceiptDialog
          request={request}
          onSaved={(where) => {
            setSaved(where);
            setChoosing(false);
            announce(t`Saved to ${where.path}`);
            changed(request.id);
          }}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </>
  );
}
