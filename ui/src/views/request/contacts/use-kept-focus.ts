/** When a row goes while one of its controls has the focus, the row now in its place gets it. */
import { useLayoutEffect, useRef, type FocusEvent } from "react";

export function useKeptFocus(refocus: (column: string) => void) {
  const held = useRef<string | null>(null);

  useLayoutEffect(() => {
    if (held.current !== null && document.activeElement === document.body) refocus(held.current);
  });

  return {
    onFocus: (event: FocusEvent<HTMLElement>) => {
      held.current = event.target.dataset.column ?? null;
    },
    onBlur: (event: FocusEvent<HTMLElement>) => {
      const { target, relatedTarget, currentTarget } = event;
      if (relatedTarget) {
        if (!currentTarget.contains(relatedTarget)) held.current = null;
        return;
      }
      // Left on purpose, or taken out of the page? Only a moment later can that be told.
      setTimeout(() => {
        if (target.isConnected && document.activeElement !== target) held.current = null;
      });
    },
  };
}
