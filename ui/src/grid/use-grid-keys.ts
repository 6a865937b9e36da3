/** The keys of the grid: from row to row, and Delete for what is ticked. What is typed belongs to the text. */
import type { KeyboardEvent } from "react";
import type { Grid } from "./use-grid";

const PAGE_STEP = 8;
const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_STEP,
  PageUp: -PAGE_STEP,
};

export function useGridKeys<Row>(grid: Grid<Row>, remove: (() => void) | null = null) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const edge = event.ctrlKey || event.metaKey;
    const step = STEPS[event.key];
    const column = target.dataset.column ?? grid.home;
    const inHead = target.dataset.column === undefined;
    if (event.key === "Delete" && remove && !takesText(target)) remove();
    else if (step) grid.goTo(grid.activeRow + (inHead ? 0 : step), column);
    else if (edge && event.key === "Home") grid.goTo(0, column);
    else if (edge && event.key === "End") grid.goTo(grid.count - 1, column);
    else return;
    event.preventDefault();
  };
}

export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "file"].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
