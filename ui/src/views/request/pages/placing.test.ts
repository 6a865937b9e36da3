import { expect, test } from "vitest";
import { emptyPlacement } from "../draft";
import { boxOf, during, followed, type Gesture } from "./gesture";
import { after } from "./history";
import { initialsOf, marksOf } from "./people";

const field = emptyPlacement();
const move: Gesture = {
  act: "move",
  index: 0,
  box: field,
  page: 0,
  from: { x: 12, y: 82 },
  to: { x: 12, y: 82 },
  pulled: false,
};

test("a press without a pull changes nothing, not even by rounding", () => {
  const odd = { ...field, x: 10.123 };
  expect(during({ ...move, box: odd }, [odd])).toEqual([odd]);
});

test("a field follows the pointer, and to the page under it", () => {
  const pulled = followed(move, 0, { x: 22, y: 72 });
  expect(boxOf(pulled)).toEqual({ x: 20, y: 70, width: 30, height: 8 });
  const across = followed(pulled, 1, { x: 22, y: 30 });
  expect(during(across, [field])).toEqual([{ ...field, x: 20, y: 28, pageIndex: 1 }]);
  expect(boxOf(followed(across, 1, { x: 23, y: 31 }))).toMatchObject({ x: 21, y: 29 });
});

test("a pull at a handle stays on its page", () => {
  const pull: Gesture = { ...move, act: "resize", handle: "se", index: 0, box: field };
  expect(followed(pull, 1, { x: 17, y: 92 }).page).toBe(0);
  expect(boxOf(followed(pull, 0, { x: 17, y: 85 }))).toMatchObject({ width: 35, height: 11 });
});

test("a drag draws a field of its own size, a click one of the usual size", () => {
  const draw: Gesture = {
    act: "draw",
    type: "INITIALS",
    page: 2,
    from: { x: 20, y: 20 },
    to: { x: 20, y: 20 },
    pulled: false,
  };
  expect(boxOf(draw)).toEqual({ x: 15, y: 17.5, width: 10, height: 5 });
  expect(boxOf(followed(draw, 2, { x: 50, y: 40 }))).toEqual({
    x: 20,
    y: 20,
    width: 30,
    height: 20,
  });
});

test("history goes back step by step, forgets what was undone, and does not grow for ever", () => {
  const lists = Array.from({ length: 150 }, () => [field]);
  const [first = [], second = [], third = []] = lists;
  const three = after(after({ now: first, past: [] }, second), third);
  expect(three.past).toEqual([first, second]);
  expect(after(three, third)).toBe(three);
  const back = after(three, second);
  expect(back.past).toHaveLength(1);
  expect(back.past[0]).toBe(first);
  let all = { now: first, past: [] } as ReturnType<typeof after>;
  for (const list of lists) all = after(all, list);
  expect(all.past).toHaveLength(100);
});

test("people are told apart by initials, by number where those are the same", () => {
  expect(initialsOf("ana.silva@example.com")).toBe("AS");
  expect(initialsOf("ana@example.com")).toBe("AN");
  expect(initialsOf("+351 912 010 078")).toBe("78");
  expect(initialsOf("")).toBe("?");
  expect(initialsOf("{{}}")).toBe("?");
  const marks = marksOf(["ana@a.pt", "anton@b.pt", "ana@a.pt", ""]);
  expect([...marks.values()].map(({ initials }) => initials)).toEqual(["AN", "AN2", "?"]);
  expect([...marks.values()].map(({ colour }) => colour)).toEqual([0, 1, 2]);
});
