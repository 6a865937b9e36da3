import { expect, test } from "vitest";
import { about, moved, onPage, overlaps, pointOn, resized, spanned } from "./geometry";

const box = { x: 10, y: 80, width: 30, height: 8 };

test("a field that is moved stops at the edges of its page, and keeps its size", () => {
  expect(moved(box, { x: 1, y: -1 })).toEqual({ ...box, x: 11, y: 79 });
  expect(moved(box, { x: -50, y: 50 })).toEqual({ ...box, x: 0, y: 92 });
  expect(moved(box, { x: 500, y: -500 })).toEqual({ ...box, x: 70, y: 0 });
});

test("what is off the page, or no number, is brought onto it", () => {
  expect(onPage({ x: 95, y: -3, width: 130, height: 0 })).toEqual({
    x: 0,
    y: 0,
    width: 100,
    height: 0.5,
  });
  expect(onPage({ x: Number.NaN, y: Infinity, width: 10, height: 10 })).toEqual({
    x: 0,
    y: 0,
    width: 10,
    height: 10,
  });
});

test("an edge that is pulled moves alone, down to the least size and up to the page's edge", () => {
  expect(resized(box, "e", { x: 5, y: 5 })).toEqual({ ...box, width: 35 });
  expect(resized(box, "se", { x: 90, y: 90 })).toEqual({ ...box, width: 90, height: 20 });
  expect(resized(box, "nw", { x: 5, y: -10 })).toEqual({ x: 15, y: 70, width: 25, height: 18 });
  expect(resized(box, "w", { x: 90, y: 0 })).toEqual({ ...box, x: 39.5, width: 0.5 });
  expect(resized(box, "n", { x: 0, y: -500 })).toEqual({ ...box, y: 0, height: 88 });
});

test("a drag in any direction spans the same field, cut at the page", () => {
  const spans = { x: 20, y: 30, width: 40, height: 10 };
  expect(spanned({ x: 20, y: 30 }, { x: 60, y: 40 })).toEqual(spans);
  expect(spanned({ x: 60, y: 40 }, { x: 20, y: 30 })).toEqual(spans);
  expect(spanned({ x: 90, y: 95 }, { x: 140, y: 130 })).toEqual({
    x: 90,
    y: 95,
    width: 10,
    height: 5,
  });
});

test("a press at the edge puts a field of its usual size wholly on the page", () => {
  expect(about({ x: 50, y: 50 }, "SIGNATURE")).toEqual({ x: 35, y: 46, width: 30, height: 8 });
  expect(about({ x: 100, y: 0 }, "DATE")).toEqual({ x: 82, y: 0, width: 18, height: 4 });
});

test("points of the window become percent of the page, wherever the page is", () => {
  const page = { left: 100, top: -200, width: 600, height: 800 } as DOMRect;
  expect(pointOn(page, 400, 200)).toEqual({ x: 50, y: 50 });
  expect(pointOn({ ...page, width: 0, height: 0 }, 400, 200)).toEqual({ x: 0, y: 0 });
});

test("only fields of one page that share some of it overlap", () => {
  const at = (x: number, y: number, pageIndex = 0) => ({ x, y, width: 10, height: 5, pageIndex });
  expect(overlaps([at(0, 0), at(10, 0), at(0, 7), at(5, 2), at(5, 2, 1)])).toEqual([
    [3],
    [3],
    [],
    [0, 1],
    [],
  ]);
  expect(overlaps([at(40, 40), at(0, 0), at(41, 41), at(42, 42)])).toEqual([
    [2, 3],
    [],
    [0, 3],
    [0, 2],
  ]);
});
