export { GridRows } from "./GridRows";
export { PartBar } from "./PartBar";
export { Tick } from "./Tick";
export { useCountSaid } from "./use-count-said";
export { useGrid, type Grid } from "./use-grid";
export { takesText, useGridKeys } from "./use-grid-keys";
export { PAGE } from "./use-pages";
