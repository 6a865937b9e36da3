/** Where the focus goes when what held it is taken away: never to nowhere. */
import { useLayoutEffect, useRef, type RefObject } from "react";

/** Put on an element that may go: if the focus was inside, it goes on to the list, or to where people come from. */
export function useHandover<T extends HTMLElement>(): RefObject<T | null> {
  const box = useRef<T>(null);
  useLayoutEffect(() => {
    const held = box.current;
    return () => {
      if (held?.contains(document.activeElement)) requestAnimationFrame(() => focusList());
    };
  }, []);
  return box;
}

/** For what a dialog started: the dialog gives the focus back first, perhaps to something that is gone by then. */
export function refocusList() {
  requestAnimationFrame(() => requestAnimationFrame(() => focusList()));
}

/**
 * Only where the focus is lost; it is never taken from elsewhere, nor out of a dialog. Rows may be on their way: a few
 * frames are waited.
 */
function focusList(frames = 20) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const dialog = document.querySelector<HTMLElement>("[role=dialog], [role=alertdialog]");
  if (dialog) return dialog.focus();
  const grid = document.querySelector("[role=grid]");
  const control =
    grid?.querySelector<HTMLElement>("[data-column=edit][tabindex='0']") ??
    document.querySelector<HTMLElement>("[data-testid=show-all]");
  if (!control && grid && frames > 0) {
    requestAnimationFrame(() => focusList(frames - 1));
    return;
  }
  const start = document.querySelector<HTMLElement>("[data-testid=choose-file]");
  (control ?? start)?.focus({ preventScroll: true });
}
