/**
 * Whether the list is at work, above all views: the shell tells of files, and a command that has not
 * answered for a while counts too.
 */
import { useIsMutating } from "@tanstack/react-query";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import type { ListProgress } from "../../../api/types";
import { usePlatform } from "../../../platform";
import { LIST_CHANGE } from "../list";

const SHOWN_AFTER_MS = 300;

interface AtWork {
  /** Long enough for the officer to be told; editing the list waits meanwhile. */
  busy: boolean;
  /** What the shell said last; null when it said nothing. */
  progress: ListProgress | null;
}

const ProgressContext = createContext<AtWork>({ busy: false, progress: null });

export function useListAtWork(): AtWork {
  return use(ProgressContext);
}

export function ListProgressProvider({ children }: { children: ReactNode }) {
  const platform = usePlatform();
  const [progress, setProgress] = useState<ListProgress | null>(null);
  const changing = useIsMutating({ mutationKey: LIST_CHANGE }) > 0;
  const busy = useAfter(changing || progress !== null, SHOWN_AFTER_MS);

  useEffect(() => platform.onListProgress(setProgress), [platform]);

  const atWork = useMemo(() => ({ busy, progress }), [busy, progress]);
  return <ProgressContext value={atWork}>{children}</ProgressContext>;
}

/** True once `on` has been true for so long without a break. */
function useAfter(on: boolean, ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => setPassed(true), ms);
    return () => {
      clearTimeout(timer);
      setPassed(false);
    };
  }, [on, ms]);
  return on && passed;
}
