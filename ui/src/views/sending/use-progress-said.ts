/** Says how far a batch is: at each new kind of failure, and else at most every half minute. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { BatchView, FailureGroup } from "../../api/types";
import { useAnnounce } from "../../components";
import { FAILURES } from "../requests/failures";
import { useFailures } from "./batches";
import { progressText } from "./words";

export const SAY_EVERY_MS = 30_000;

export function useProgressSaid(batch: BatchView) {
  const { i18n, t } = useLingui();
  const announce = useAnnounce();
  const groups = useFailures(batch.id).data;
  const known = useRef<ReadonlySet<string> | null>(null);
  const saidAt = useRef(0);
  const last = useRef("");
  const words = progressText(batch, i18n);
  const running = batch.state === "running";

  useEffect(() => {
    if (!groups) return;
    const now = new Set(groups.map(kindOf));
    const fresh = known.current && groups.find((group) => !known.current?.has(kindOf(group)));
    // What was there on arrival stands on the screen; it is no news.
    known.current = now;
    if (!fresh) return;
    saidAt.current = Date.now();
    const title = i18n._(FAILURES[fresh.kind].title);
    announce(fresh.said ? t`Needs you: ${title} ${fresh.said}` : t`Needs you: ${title}`);
  }, [groups, announce, i18n, t]);

  useEffect(() => {
    if (!running) return undefined;
    if (saidAt.current === 0) saidAt.current = Date.now();
    const say = () => {
      saidAt.current = Date.now();
      if (words !== last.current) announce(words);
      last.current = words;
    };
    const wait = Math.max(0, saidAt.current + SAY_EVERY_MS - Date.now());
    const timer = setTimeout(say, wait);
    return () => clearTimeout(timer);
  }, [running, words, announce]);
}

function kindOf({ state, kind, status }: FailureGroup): string {
  return `${state} ${kind} ${status}`;
}
