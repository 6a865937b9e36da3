import { expect, test } from "vitest";
import { periodOf, thisMonth } from "./period";

test("a period holds both of its days, in this computer's time", () => {
  // Lisbon is an hour ahead of UTC until the night of 25 October 2026, which has 25 hours.
  expect(periodOf("2026-10-24", "2026-10-25")).toEqual({
    fromMs: Date.UTC(2026, 9, 23, 23),
    toMs: Date.UTC(2026, 9, 26) - 1,
  });
  expect(periodOf("2026-11-25", " 2026-11-25 ")).toEqual({
    fromMs: Date.UTC(2026, 10, 25),
    toMs: Date.UTC(2026, 10, 26) - 1,
  });
});

test("what is no day, and days the wrong way round, are told apart", () => {
  for (const typed of ["", "25/11/2026", "2026-02-30", "2026-13-01", "2026-00-10", "x"]) {
    expect(periodOf(typed, "2026-11-25")).toBe("from");
    expect(periodOf("2026-11-25", typed)).toBe("to");
  }
  expect(periodOf("2026-11-25", "2026-11-24")).toBe("order");
});

test("this month ends today", () => {
  expect(thisMonth(new Date(2026, 1, 9, 12).getTime())).toEqual({
    from: "2026-02-01",
    to: "2026-02-09",
  });
});
