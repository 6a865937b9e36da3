/** Which requests can be exported together from where the officer is. */
import { useState } from "react";
import type { PackScope } from "../api/types";
import { periodOf, thisMonth, type PeriodFault } from "./period";

/** One choice beside the period, which is always offered. */
export interface Offer {
  scope: Exclude<PackScope, { kind: "period" }>;
  title: string;
  text: string;
}

export interface ChosenScope {
  kind: PackScope["kind"];
  choose: (kind: PackScope["kind"]) => void;
  from: string;
  to: string;
  setDays: (days: { from?: string; to?: string }) => void;
  /** Null while the period is none. */
  scope: PackScope | null;
  fault: PeriodFault | null;
}

export function useScope(offers: readonly Offer[]): ChosenScope {
  const [kind, choose] = useState<PackScope["kind"]>(offers[0]?.scope.kind ?? "period");
  const [days, setDays] = useState(() => thisMonth(Date.now()));
  const period = periodOf(days.from, days.to);
  const fault = kind === "period" && typeof period === "string" ? period : null;
  const offer = offers.find(({ scope }) => scope.kind === kind)?.scope;
  const ofPeriod: PackScope | null =
    typeof period === "string" ? null : { kind: "period", ...period };
  return {
    kind,
    choose,
    ...days,
    setDays: (part) => setDays((now) => ({ ...now, ...part })),
    scope: kind === "period" ? ofPeriod : (offer ?? null),
    fault,
  };
}
