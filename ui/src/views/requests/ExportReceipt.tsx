import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { RequestDetail, Saved } from "../../api/types";
import { Button, useAnnounce } from "../../components";
import { ReceiptDialog } from "../../exports/ReceiptDialog";
import { SavedNote } from "../../exports/SavedNote";
import { useRequestChanged } from "./pages";
import styles from "./Detail.module.css";

export function ExportReceipt({ request }: { request: RequestDetail }) {
  const announce = useAnnounce();
  const changed = useRequestChanged();
  const { t } = useLingui();
  const [choosing, setChoosing] = useState(false);
  const [saved, setSaved] = useState<Saved | null>(null);
  return (
    <>
      {saved ? (
        <div className={styles.whole}>
          <SavedNote saved={saved} testId="export-note" />
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
