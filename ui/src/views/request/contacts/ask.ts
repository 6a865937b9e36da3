/** What the table shows: filter, reason, search and order, as the officer set them. */
import { useEffect, useMemo, useState } from "react";
import type { ListAsk, ReasonCode, Show, SortBy } from "../../../api/types";

const SEARCH_AFTER_MS = 150;

const FIRST: ListAsk = {
  show: "all",
  reason: null,
  search: "",
  sort: { by: "state", descending: false },
};

export interface AskControls {
  ask: ListAsk;
  /** As typed; `ask.search` follows a moment later. */
  typed: string;
  type: (text: string) => void;
  show: (show: Show) => void;
  /** A second time takes it back. */
  reason: (code: ReasonCode) => void;
  sort: (by: SortBy) => void;
  showAll: () => void;
}

export function useAsk(): AskControls {
  const [ask, setAsk] = useState(FIRST);
  const [typed, setTyped] = useState("");

  useEffect(() => {
    const search = typed.trim();
    const timer = setTimeout(
      () => setAsk((now) => (now.search === search ? now : { ...now, search })),
      SEARCH_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [typed]);

  const changes = useMemo(
    () => ({
      type: setTyped,
      show: (show: Show) => setAsk((now) => ({ ...now, show })),
      reason: (code: ReasonCode) =>
        setAsk((now) => ({ ...now, reason: now.reason === code ? null : code })),
      sort: (by: SortBy) =>
        setAsk((now) => ({
          ...now,
          sort: { by, descending: now.sort.by === by && !now.sort.descending },
        })),
      showAll: () => {
        setTyped("");
        setAsk((now) => ({ ...FIRST, sort: now.sort }));
      },
    }),
    [],
  );
  return { ask, typed, ...changes };
}

/** Does it leave rows out? */
export function isNarrowed({ show, reason, search }: ListAsk): boolean {
  return show !== "all" || reason !== null || search !== "";
}
