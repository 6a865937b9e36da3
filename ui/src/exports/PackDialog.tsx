/** How many requests are exported together: which, in what form, and what is hidden. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { Exported, PackAsk, PackScope } from "../api/types";
import { Check, goToControl, RadioCards } from "../components";
import { useExportChoices, type ExportChoices } from "./choices";
import { ExportDialog } from "./ExportDialog";
import styles from "./Exports.module.css";
import { HideFields } from "./HideFields";
import { LanguageField } from "./LanguageField";
import { hidden, MASK_FIELDS, TABLE_FIELDS } from "./mask";
import { useScope, type Offer } from "./offers";
import { PackCount, usePackCount } from "./PackCount";
import { ScopeFields } from "./ScopeFields";
import { useWork } from "./use-work";

export interface PackDialogProps {
  offers: readonly Offer[];
  onSaved: (saved: Exported) => void;
  onClose: () => void;
}

export function PackDialog({ offers, onSaved, onClose }: PackDialogProps) {
  const { t } = useLingui();
  const countId = useId();
  const [choices, change] = useExportChoices();
  const [asked, setAsked] = useState(false);
  const chosen = useScope(offers);
  const count = usePackCount(chosen.scope);
  const { scope, fault } = chosen;
  const work = useWork(
    async (platform) => scope && platform.exportPack(askFor(scope, choices)),
    (saved) => {
      if (saved) onSaved(saved);
    },
  );
  const whole = choices.pack === "pack";

  const save = () => {
    setAsked(fault !== null);
    if (fault) goToControl(fault === "from" ? "period-from" : "period-to");
    else work.start();
  };

  return (
    <ExportDialog
      title={t`Export for the auditor`}
      testId="pack-dialog"
      work={work}
      onSave={save}
      onClose={onClose}
      refusedBy={scope && count.data === 0 ? countId : undefined}
    >
      <ScopeFields offers={offers} chosen={chosen} asked={asked} />
      {scope ? <PackCount id={countId} count={count} /> : null}
      <h3 className={styles.title}>
        <Trans>Format</Trans>
      </h3>
      <RadioCards
        path="pack-format"
        label={t`Format`}
        value={choices.pack}
        onChange={(pack) => change({ pack })}
        cards={[
          {
            value: "pack",
            title: t`Evidence pack (ZIP)`,
            text: t`For an auditor: a signed receipt for each request, the lists that batches were made from, tables of them all, and how to check it. The lists are left out where something is hidden.`,
          },
          {
            value: "xlsx",
            title: t`Excel (XLSX)`,
            text: t`For colleagues who sort and filter: one table. Every cell is text, so nothing is read as a formula.`,
          },
          {
            value: "csv-safe",
            title: t`CSV, safe to open`,
            text: t`For whoever opens it in a spreadsheet: values that would run as formulas are made harmless.`,
          },
          {
            value: "csv-exact",
            title: t`CSV, exact`,
            text: t`For programs: values as they are. Do not open it in a spreadsheet.`,
          },
        ]}
      />
      {whole ? (
        <Check
          path="pack-pdf"
          label={t`Each receipt as PDF too`}
          hint={t`Takes longer, and the pack gets larger.`}
          value={choices.pdf}
          onChange={(pdf) => change({ pdf })}
        />
      ) : null}
      {whole && choices.pdf ? <LanguageField /> : null}
      <HideFields fields={whole ? MASK_FIELDS : TABLE_FIELDS} />
    </ExportDialog>
  );
}

/** What does not belong to a form is not asked for, though it stays remembered. */
function askFor(scope: PackScope, choices: ExportChoices): PackAsk {
  const { pack: format, pdf, language, mask } = choices;
  const whole = format === "pack";
  return {
    format,
    scope,
    pdf: whole && pdf,
    language,
    mask: hidden(mask, whole ? MASK_FIELDS : TABLE_FIELDS),
  };
}
