/**
 * Focuses what a selector finds, once no dialog is open any more: one that is about to close would take the focus back
 * and then be gone with it. It may take some frames.
 */
export function focusSoon(selector: string, frames = 60) {
  requestAnimationFrame(() => {
    if (document.querySelector("[role=dialog], [role=alertdialog]") && frames > 0) {
      focusSoon(selector, frames - 1);
      return;
    }
    document.querySelector<HTMLElement>(selector)?.focus();
  });
}
