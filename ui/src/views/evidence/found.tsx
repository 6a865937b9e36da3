/** What was checked, kept above the views: going to a request that a finding names loses nothing. */
import { createContext, use, useMemo, useState, type ReactNode } from "react";
import type { LedgerReport, ReceiptCheck } from "../../api/types";

/** More than the last few nobody compares; each holds what a file of any kind said. */
const MOST_CHECKS = 20;

export interface Checked {
  /** Counts up. */
  number: number;
  check: ReceiptCheck;
}

interface Found {
  /** The last one first. */
  checks: readonly Checked[];
  addCheck: (check: ReceiptCheck) => void;
  report: LedgerReport | null;
  setReport: (report: LedgerReport) => void;
}

const FoundContext = createContext<Found | null>(null);

export function FoundProvider({ children }: { children: ReactNode }) {
  const [checks, setChecks] = useState<readonly Checked[]>([]);
  const [report, setReport] = useState<LedgerReport | null>(null);
  const found = useMemo(
    () => ({
      checks,
      addCheck: (check: ReceiptCheck) =>
        setChecks((before) =>
          [{ number: (before[0]?.number ?? 0) + 1, check }, ...before].slice(0, MOST_CHECKS),
        ),
      report,
      setReport,
    }),
    [checks, report],
  );
  return <FoundContext value={found}>{children}</FoundContext>;
}

export function useFound(): Found {
  const found = use(FoundContext);
  if (!found) throw new Error("useFound needs a FoundProvider above it");
  return found;
}
