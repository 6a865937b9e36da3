const FRAMES = 60;

/**
 * Focuses the first of these that is there, once no dialog is open any more: one that is about to close would take the
 * focus back and then be gone with it. It may take some frames.
 */
export function focusSoon(...selectors: string[]) {
  const look = (frames: number) => {
    if (document.querySelector("[role=dialog], [role=alertdialog]") && frames > 0) {
      requestAnimationFrame(() => look(frames - 1));
      return;
    }
    const found = selectors.map((one) => document.querySelector<HTMLElement>(one));
    found.find((one) => one !== null)?.focus();
  };
  requestAnimationFrame(() => look(FRAMES));
}
