/** The rows in view, each at its place. */
import type { ReactNode } from "react";
import styles from "./Grid.module.css";
import type { Grid } from "./use-grid";

export function GridRows<Row>(props: {
  grid: Grid<Row>;
  children: (row: Row | undefined, index: number) => ReactNode;
}) {
  const { grid } = props;
  return (
    <div role="rowgroup" className={styles.canvas} style={{ height: grid.height }}>
      {grid.items.map(({ index, top }) => (
        <div
          key={index}
          role="presentation"
          data-index={index - grid.base}
          data-row={index}
          ref={grid.measure}
          className={styles.place}
          style={{ transform: `translateY(${top}px)` }}
          onFocus={() => grid.setActive(index)}
        >
          {props.children(grid.rowAt(index), index)}
        </div>
      ))}
    </div>
  );
}
