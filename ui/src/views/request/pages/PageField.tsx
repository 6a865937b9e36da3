/** A field on its page: it can be moved and resized by pointer and by keys. */
import { useLingui } from "@lingui/react/macro";
import type { KeyboardEvent, PointerEvent } from "react";
import type { Placement } from "../../../api/types";
import { useAnnounce } from "../../../components";
import { HANDLES, moved, onPage, resized, type Box, type Handle } from "./geometry";
import { useFieldWords, useWhatWords } from "./kinds";
import type { Mark } from "./people";
import styles from "./Pages.module.css";

const STEPS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Narrower, and its words have no room in it. */
const SMALL = 8;
const TURNS: Record<string, number> = { PageUp: -1, PageDown: 1 };

export interface PageFieldProps {
  index: number;
  field: Placement;
  mark: Mark | undefined;
  overlapping: boolean;
  /** Of what says which keys do what. */
  hintId: string;
  /** What the keys did to it. */
  onPut: (box: Box) => void;
  /** To the page so many further on. */
  onTurn: (by: number) => void;
  onRemove: () => void;
  /** To its numbers. */
  onOpen: () => void;
  onPull: (event: PointerEvent, handle: Handle | null) => void;
}

export function PageField(props: PageFieldProps) {
  const { index, field, mark, overlapping } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const whatIs = useWhatWords();
  const words = useFieldWords();
  const box = onPage(field);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const turn = TURNS[event.key];
    if (step && event.shiftKey) {
      const to = resized(box, "se", step);
      props.onPut(to);
      announce(t`${to.width} % wide, ${to.height} % high`);
    } else if (step) {
      const to = moved(box, step);
      props.onPut(to);
      announce(t`${to.x} % from left, ${to.y} % from top`);
    } else if (turn) props.onTurn(turn);
    else if (event.key === "Delete" || event.key === "Backspace") props.onRemove();
    else if (event.key === "Enter" || event.key === " ") props.onOpen();
    else return;
    event.preventDefault();
  };

  return (
    <div
      role="button"
      tabIndex={0}
      className={styles.field}
      data-testid={`placement-box-${index}`}
      data-colour={mark?.colour}
      data-overlapping={overlapping || undefined}
      data-small={box.width < SMALL || undefined}
      aria-label={words(field, overlapping)}
      aria-describedby={props.hintId}
      style={{
        left: `${box.x}%`,
        top: `${box.y}%`,
        width: `${box.width}%`,
        height: `${box.height}%`,
      }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.stopPropagation();
        props.onPull(event, null);
      }}
      onDoubleClick={props.onOpen}
    >
      {/* Initials and sign are written by the style sheet: they are no part of the name. */}
      <span className={styles.words} data-initials={mark?.initials ?? "?"}>
        <span className={styles.kind}>{whatIs(field)}</span>
      </span>
      {HANDLES.map((handle) => (
        <span
          key={handle}
          aria-hidden="true"
          className={styles.handle}
          data-handle={handle}
          onPointerDown={(event) => {
            event.stopPropagation();
            props.onPull(event, handle);
          }}
        />
      ))}
    </div>
  );
}
