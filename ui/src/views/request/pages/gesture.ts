/** What the pointer is doing on the pages, from its press to its release. */
import type { Placement, PlacementType } from "../../../api/types";
import { about, onPage, resized, spanned, type Box, type Handle, type Point } from "./geometry";

export type Gesture = {
  /** The page it is about. */
  page: number;
  /** Where it was pressed, and where it is now, in percent of that page. */
  from: Point;
  to: Point;
  /** The pointer went far enough to be no mere press. */
  pulled: boolean;
} & (
  | { act: "draw"; type: PlacementType }
  | { act: "move"; index: number; box: Box }
  | { act: "resize"; index: number; box: Box; handle: Handle }
);

/** So many pixels are still a press in one place. */
const SLACK = 4;

export function isPull(from: Point, to: Point): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) >= SLACK;
}

/** The pointer is now here. A field that is moved goes to the page under the pointer; the rest stays on its own. */
export function followed(gesture: Gesture, page: number, to: Point): Gesture {
  if (gesture.act !== "move" || page === gesture.page) return { ...gesture, to, pulled: true };
  // It is held at the same place of itself as before.
  const { box, from } = gesture;
  const held = { ...box, x: to.x - (from.x - box.x), y: to.y - (from.y - box.y) };
  return { ...gesture, page, box: held, from: to, to, pulled: true };
}

/** The box as it would be if the pointer were let go now. */
export function boxOf(gesture: Gesture): Box {
  const { from, to } = gesture;
  const by = { x: to.x - from.x, y: to.y - from.y };
  switch (gesture.act) {
    case "draw":
      return gesture.pulled ? spanned(from, to) : about(from, gesture.type);
    case "move":
      return onPage({ ...gesture.box, x: gesture.box.x + by.x, y: gesture.box.y + by.y });
    case "resize":
      return resized(gesture.box, gesture.handle, by);
  }
}

/** The fields as they are shown while it goes on. */
export function during(gesture: Gesture | null, fields: readonly Placement[]): Placement[] {
  if (!gesture?.pulled || gesture.act === "draw") return [...fields];
  return fields.map((field, index) =>
    index === gesture.index ? { ...field, ...boxOf(gesture), pageIndex: gesture.page } : field,
  );
}
