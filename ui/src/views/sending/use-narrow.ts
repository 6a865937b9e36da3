/** Whether the window is so narrow that a screen's rail stands under it. */
import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 999px)";

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query()?.matches ?? false);
}

function subscribe(changed: () => void): () => void {
  const media = query();
  media?.addEventListener("change", changed);
  return () => media?.removeEventListener("change", changed);
}

/** Missing where nothing is laid out. */
function query(): MediaQueryList | undefined {
  return window.matchMedia?.(NARROW);
}
