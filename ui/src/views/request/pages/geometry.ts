/** Where a field stands on its page, in percent of the page, counted from the top left. Never off the page. */
import type { Placement, PlacementType } from "../../../api/types";

export interface Point {
  x: number;
  y: number;
}

export type Box = Pick<Placement, "x" | "y" | "width" | "height">;

/** What is pulled: edges by the points of the compass. */
export type Handle = "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw";

export const HANDLES: readonly Handle[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

/** The least a field measures each way. */
export const LEAST = 0.5;

const SIZES: Record<PlacementType, Pick<Box, "width" | "height">> = {
  SIGNATURE: { width: 30, height: 8 },
  INITIALS: { width: 10, height: 5 },
  IDENTITY_FIELD: { width: 30, height: 4 },
  OPEN_TEXT: { width: 30, height: 4 },
  NUMERIC: { width: 15, height: 4 },
  DATE: { width: 18, height: 4 },
  CHECKBOX: { width: 3, height: 2.2 },
};

/** The nearest box that lies on the page, to a tenth of a percent. */
export function onPage(box: Box): Box {
  const width = tenth(between(finite(box.width), LEAST, 100));
  const height = tenth(between(finite(box.height), LEAST, 100));
  return {
    x: tenth(between(finite(box.x), 0, 100 - width)),
    y: tenth(between(finite(box.y), 0, 100 - height)),
    width,
    height,
  };
}

/** A field of the usual size of its kind, about a point. */
export function about(point: Point, type: PlacementType): Box {
  const { width, height } = SIZES[type];
  return onPage({ x: point.x - width / 2, y: point.y - height / 2, width, height });
}

/** What was drawn from one point to another, in any direction. */
export function spanned(from: Point, to: Point): Box {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const [x, y] = [between(left, 0, 100), between(top, 0, 100)];
  return onPage({
    x,
    y,
    width: between(right, 0, 100) - x,
    height: between(bottom, 0, 100) - y,
  });
}

export function moved(box: Box, by: Point): Box {
  const from = onPage(box);
  return onPage({ ...from, x: from.x + by.x, y: from.y + by.y });
}

/** Pulls at an edge or corner; the edges across from it stay where they are. */
export function resized(box: Box, handle: Handle, by: Point): Box {
  const from = onPage(box);
  const [right, bottom] = [from.x + from.width, from.y + from.height];
  const west = handle.includes("w") ? between(from.x + by.x, 0, right - LEAST) : from.x;
  const east = handle.includes("e") ? between(right + by.x, from.x + LEAST, 100) : right;
  const north = handle.includes("n") ? between(from.y + by.y, 0, bottom - LEAST) : from.y;
  const south = handle.includes("s") ? between(bottom + by.y, from.y + LEAST, 100) : bottom;
  return onPage({ x: west, y: north, width: east - west, height: south - north });
}

/** Where a point of the window lies on a page that takes up this part of it; also beyond the page. */
export function pointOn(page: Omit<DOMRect, "toJSON">, clientX: number, clientY: number): Point {
  const share = (from: number, length: number) => (length > 0 ? (100 * from) / length : 0);
  return {
    x: share(clientX - page.left, page.width),
    y: share(clientY - page.top, page.height),
  };
}

/** For each field, those it overlaps: none where edges only touch. */
export function overlaps(fields: readonly (Box & { pageIndex: number })[]): number[][] {
  const found: number[][] = fields.map(() => []);
  const fromTop = fields
    .map((field, index) => ({ field, index }))
    .toSorted((a, b) => a.field.pageIndex - b.field.pageIndex || a.field.y - b.field.y);
  fromTop.forEach(({ field, index }, at) => {
    for (const other of fromTop.slice(at + 1)) {
      if (other.field.pageIndex !== field.pageIndex) break;
      if (other.field.y >= field.y + field.height - TOUCH) break;
      const apart =
        other.field.x >= field.x + field.width - TOUCH ||
        field.x >= other.field.x + other.field.width - TOUCH;
      if (apart) continue;
      found[index]?.push(other.index);
      found[other.index]?.push(index);
    }
  });
  return found.map((others) => others.toSorted((a, b) => a - b));
}

/** Less than what can be seen or typed by mistake. */
const TOUCH = 1e-6;

function between(number: number, least: number, most: number): number {
  return Math.min(Math.max(number, least), most);
}

function tenth(number: number): number {
  return Math.round(number * 10) / 10;
}

function finite(number: number): number {
  return Number.isFinite(number) ? number : 0;
}
