/** What an import brought, in one sentence: "clients.xlsx: 1,204 rows added, 1,190 can be used". */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import type { ImportReport } from "../../../api/types";
import { useAnnounce } from "../../../components";
import { useFormStore } from "../FormProvider";

export function useAddedWords(): (report: ImportReport, from?: readonly string[]) => string {
  const { t } = useLingui();
  return useCallback(
    (report, from = []) => {
      const usable = report.ready + report.warnings;
      const added = plural(report.added, { one: "# row added", other: "# rows added" });
      const can = plural(usable, {
        one: "# can be used",
        other: "# can be used",
      });
      const [name] = from;
      if (from.length === 1) return t`${name}: ${added}, ${can}`;
      return from.length > 1 ? t`${from.length} files: ${added}, ${can}` : `${added}, ${can}`;
    },
    [t],
  );
}

/** Says it to screen readers; call when the list has taken the report. */
export function useSayAdded(): (report: ImportReport) => void {
  const said = useAddedWords();
  const announce = useAnnounce();
  const store = useFormStore();
  return useCallback(
    (report) => {
      const { imported, importedFrom } = store.snapshot();
      announce(said(report, imported === report ? importedFrom : []));
    },
    [said, announce, store],
  );
}
