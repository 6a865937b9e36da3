import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Exported, RequestDetail } from "../../api/types";
import { Button, Callout, useAnnounce } from "../../components";
import { ReceiptDialog } from "../../exports/ReceiptDialog";
import { SavedNote } from "../../exports/SavedNote";
import { useRouter } from "../../router";
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
          <SavedNote saved={saved} testId="export-note" />
        </div>
      ) : null}
      {saved && saved.damageCount > 0 ? (
        <div className={styles.whole}>
          <DamageNote count={saved.damageCount} />
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

/** The receipt could be made, but other parts of the ledger are not as they were. */
function DamageNote({ count }: { count: number }) {
  const { navigate } = useRouter();
  return (
    <Callout
      tone="warning"
      testId="export-damage"
      alert
      title={
        <Plural
          value={count}
          one="The ledger has # damaged place"
          other="The ledger has # damaged places"
        />
      }
    >
      <p>
        <Plural
          value={count}
          one="The events in this receipt are as they were written. “Evidence” names the damaged place."
          other="The events in this receipt are as they were written. “Evidence” names the damaged places."
        />
      </p>
      <div>
        <Button testId="export-damage-evidence" onPress={() => navigate("evidence")}>
          <Trans>Open Evidence</Trans>
        </Button>
      </div>
    </Callout>
  );
}
