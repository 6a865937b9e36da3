/** The way to an export of many requests, and what came of the last one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { KEYS } from "../api/queries";
import type { Exported } from "../api/types";
import { Button, useAnnounce } from "../components";
import { ExportedNotes } from "./ExportedNotes";
import styles from "./Exports.module.css";
import type { Offer } from "./offers";
import { PackDialog } from "./PackDialog";

export interface ExportPackProps {
  offers: readonly Offer[];
  wide?: boolean;
  /** The button stands in a bar with others; what came of it gets a line of its own. */
  inBar?: boolean;
  /** Where there are two on a screen, the second is named. */
  testId?: string;
  label?: ReactNode;
}

export function ExportPack(props: ExportPackProps) {
  const { offers, wide, inBar, testId = "export-pack", label } = props;
  const announce = useAnnounce();
  const client = useQueryClient();
  const { t } = useLingui();
  const [choosing, setChoosing] = useState(false);
  const [saved, setSaved] = useState<Exported | null>(null);
  return (
    <div className={inBar ? styles.inBar : styles.export}>
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
      {saved ? <ExportedNotes saved={saved} of="pack" testId={testId} /> : null}
      {choosing ? (
        <PackDialog
          offers={offers}
          onSaved={(where) => {
            setSaved(where);
            setChoosing(false);
            announce(t`Saved to ${where.path}`);
            // The export is an event of each request in it.
            void client.invalidateQueries({ queryKey: KEYS.request });
          }}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </div>
  );
}
