/**
 * What was checked and what is being checked, kept above the views: going to a request that a finding names, or looking
 * at something else meanwhile, loses nothing.
 */
import { useLingui } from "@lingui/react/macro";
import { createContext, use, useState, type ReactNode } from "react";
import type { LedgerReport, Problem, ReceiptCheck } from "../../api/types";
import { useAnnounce } from "../../components";
import type { Work } from "../../exports/use-work";
import { useDrops } from "./use-drops";
import { useLedgerCheck } from "./use-ledger-check";
import { verdictWords } from "./words";

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
  /** The name of the dropped file that is being checked. */
  checking: string | null;
  /** Why the last file could not be checked. */
  problem: Problem | null;
  setProblem: (problem: Problem) => void;
  report: LedgerReport | null;
  ledger: Work;
}

const FoundContext = createContext<Found | null>(null);

export function FoundProvider({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  const announce = useAnnounce();
  const [checks, setChecks] = useState<readonly Checked[]>([]);
  const [checking, setChecking] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [report, setReport] = useState<LedgerReport | null>(null);
  const ledger = useLedgerCheck(setReport);
  const addCheck = (check: ReceiptCheck) => {
    setProblem(null);
    setChecks((before) =>
      [{ number: (before[0]?.number ?? 0) + 1, check }, ...before].slice(0, MOST_CHECKS),
    );
    announce(`${check.file}: ${i18n._(verdictWords(check).title)}`);
  };
  useDrops({
    onChecking: setChecking,
    onCheck: (check) => {
      setChecking(null);
      addCheck(check);
    },
    onProblem: (refused) => {
      setChecking(null);
      setProblem(refused);
    },
  });
  const found = { checks, addCheck, checking, problem, setProblem, report, ledger };
  return <FoundContext value={found}>{children}</FoundContext>;
}

export function useFound(): Found {
  const found = use(FoundContext);
  if (!found) throw new Error("useFound needs a FoundProvider above it");
  return found;
}
