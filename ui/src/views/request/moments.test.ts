import { expect, test } from "vitest";
import { toLocal, toRfc3339 } from "./moments";

test("local time is sent with the offset of that day, winter and summer", () => {
  expect(toRfc3339("2026-12-01T09:00")).toBe("2026-12-01T09:00:00+00:00");
  expect(toRfc3339("2026-07-01T09:00")).toBe("2026-07-01T09:00:00+01:00");
  expect(toRfc3339("2026-07-01T09:00:30")).toBe("2026-07-01T09:00:30+01:00");
});

test("what is sent is shown back as the same local time", () => {
  for (const local of ["2026-12-01T09:00", "2026-07-01T23:59", "2026-07-01T09:00:30"]) {
    expect(toLocal(toRfc3339(local))).toBe(local);
  }
});

test("a moment with another offset is shown in the time of this computer", () => {
  expect(toLocal("2026-07-01T09:00:00Z")).toBe("2026-07-01T10:00");
  expect(toLocal("2026-07-01T09:00:00-03:00")).toBe("2026-07-01T13:00");
});

test("text that is no moment is kept, for the check to speak of", () => {
  expect(toRfc3339("tomorrow")).toBe("tomorrow");
  expect(toRfc3339("")).toBe("");
  expect(toLocal("tomorrow")).toBe("");
});
