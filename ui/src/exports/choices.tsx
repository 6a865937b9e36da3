/** What was last chosen for an export, kept above the views until the app is closed. */
import { createContext, use, useMemo, useState, type ReactNode } from "react";
import type { Language, MaskField, PackFormat, ReceiptFormat } from "../api/types";

export interface ExportChoices {
  receipt: ReceiptFormat;
  pack: PackFormat;
  /** A pack has each receipt as PDF too. */
  pdf: boolean;
  language: Language;
  /** As ticked; what goes with it is not in here. */
  mask: readonly MaskField[];
}

type Change = (part: Partial<ExportChoices>) => void;

const FIRST: ExportChoices = {
  receipt: "json",
  pack: "pack",
  pdf: false,
  language: "en",
  mask: [],
};

const ChoicesContext = createContext<readonly [ExportChoices, Change] | null>(null);

export function ExportChoicesProvider({ children }: { children: ReactNode }) {
  const [choices, setChoices] = useState(FIRST);
  const value = useMemo(
    () =>
      [
        choices,
        (part: Partial<ExportChoices>) => setChoices((now) => ({ ...now, ...part })),
      ] as const,
    [choices],
  );
  return <ChoicesContext value={value}>{children}</ChoicesContext>;
}

export function useExportChoices(): readonly [ExportChoices, Change] {
  const choices = use(ChoicesContext);
  if (!choices) throw new Error("useExportChoices needs an ExportChoicesProvider above it");
  return choices;
}
