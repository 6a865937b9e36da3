/** Follows the pointer from a press on a page to its release, wherever that is. */
import { useCallback, useEffect, useEffectEvent, useRef, useState, type PointerEvent } from "react";
import type { Placement, PlacementType } from "../../../api/types";
import { boxOf, followed, isPull, type Gesture } from "./gesture";
import { pointOn, type Box, type Handle, type Point } from "./geometry";

interface Ends {
  drawn: (type: PlacementType, page: number, box: Box) => void;
  put: (index: number, page: number, box: Box) => void;
}

export interface Pointing {
  gesture: Gesture | null;
  /** Tells which element is the paper of a page. */
  paper: (page: number, element: HTMLElement | null) => void;
  papers: ReadonlyMap<number, HTMLElement>;
  draw: (event: PointerEvent, page: number, type: PlacementType) => void;
  pull: (event: PointerEvent, index: number, field: Placement, handle: Handle | null) => void;
}

export function useGesture(ends: Ends): Pointing {
  const [papers] = useState(() => new Map<number, HTMLElement>());
  const [gesture, setGesture] = useState<Gesture | null>(null);
  const pressed = useRef<Point>({ x: 0, y: 0 });

  const onMove = useEffectEvent((event: globalThis.PointerEvent) => {
    if (!gesture) return;
    const here = { x: event.clientX, y: event.clientY };
    if (!gesture.pulled && !isPull(pressed.current, here)) return;
    const page = gesture.act === "move" ? pageUnder(papers, here) : null;
    const onto = page ?? gesture.page;
    const paper = papers.get(onto);
    if (!paper) return;
    setGesture(followed(gesture, onto, pointOn(paper.getBoundingClientRect(), here.x, here.y)));
  });

  const onRelease = useEffectEvent(() => {
    setGesture(null);
    if (gesture?.act === "draw") ends.drawn(gesture.type, gesture.page, boxOf(gesture));
    else if (gesture?.pulled) ends.put(gesture.index, gesture.page, boxOf(gesture));
  });

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape") setGesture(null);
  });

  const under = gesture !== null;
  useEffect(() => {
    if (!under) return;
    const stopped = new AbortController();
    const { signal } = stopped;
    addEventListener("pointermove", (event) => onMove(event), { signal });
    addEventListener("pointerup", () => onRelease(), { signal });
    addEventListener("pointercancel", () => setGesture(null), { signal });
    addEventListener("keydown", (event) => onKey(event), { signal });
    return () => stopped.abort();
  }, [under]);

  const begin = (event: PointerEvent, page: number, make: (at: Point) => Gesture) => {
    const paper = papers.get(page);
    if (event.button !== 0 || !paper) return;
    pressed.current = { x: event.clientX, y: event.clientY };
    setGesture(make(pointOn(paper.getBoundingClientRect(), event.clientX, event.clientY)));
  };

  const paper = useCallback(
    (page: number, element: HTMLElement | null) => {
      if (element) papers.set(page, element);
      else papers.delete(page);
    },
    [papers],
  );

  return {
    gesture,
    papers,
    paper,
    draw: (event, page, type) =>
      begin(event, page, (from) => ({ act: "draw", type, page, from, to: from, pulled: false })),
    pull: (event, index, field, handle) =>
      begin(event, field.pageIndex, (from) => {
        const { x, y, width, height, pageIndex: page } = field;
        const start = { page, from, to: from, pulled: false, index, box: { x, y, width, height } };
        return handle ? { ...start, act: "resize", handle } : { ...start, act: "move" };
      }),
  };
}

function pageUnder(papers: ReadonlyMap<number, HTMLElement>, at: Point): number | null {
  for (const [page, paper] of papers) {
    const { left, right, top, bottom } = paper.getBoundingClientRect();
    if (at.x >= left && at.x <= right && at.y >= top && at.y <= bottom) return page;
  }
  return null;
}
