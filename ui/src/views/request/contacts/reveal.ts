/** Scrolls a table sideways so that what has just got the focus is not under the columns that stay in sight. */
export function reveal(table: HTMLElement | null, target: HTMLElement) {
  const cell = target.closest<HTMLElement>("[data-cell]");
  const state = cell?.parentElement?.querySelector<HTMLElement>("[data-cell=state]");
  if (!table || !cell || !state || getComputedStyle(state).position !== "sticky") return;
  if (cell === state || cell.dataset.cell === "remove") return;
  const hidden = cell.getBoundingClientRect().right - state.getBoundingClientRect().left;
  if (hidden > 0) table.scrollLeft += hidden;
}
