/** The way to an export of many requests, and where the last one went. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import type { Saved } from "../api/types";
import { Button, useAnnounce } from "../components";
import styles from "./Exports.module.css";
import type { Offer } from "./offers";
import { PackDialog } from "./PackDialog";
import { SavedNote } from "./SavedNote";

export interface ExportPackProps {
  offers: readonly Offer[];
  wide?: boolean;
  /** Where there are two on a screen, the second is named. */
  testId?: string;
  label?: ReactNode;
}

export function ExportPack({ offers, wide, testId = "export-pack", label }: ExportPackProps) {
  const announce = useAnnounce();
  const { t } = useLingui();
  const [choosing, setChoosing] = useState(false);
  const [saved, setSaved] = useState<Saved | null>(null);
  return (
    <div className={styles.export}>
      <Button
        testId={testId}
        wide={wide}
        onPress={() => {
          setSaved(null);
          setChoosing(true);
        }}
      >
        {label ?? <Trans>Export for the auditor…</Trans>}
      </Button>
      {saved ? <SavedNote saved={saved} testId={`${testId}-note`} /> : null}
      {choosing ? (
        <PackDialog
          offers={offers}
          onSaved={(where) => {
            setSaved(where);
            setChoosing(false);
            announce(t`Saved to ${where.path}`);
          }}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </div>
  );
}
