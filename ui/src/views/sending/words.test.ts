import { i18n, type MessageDescriptor } from "@lingui/core";
import { expect, test } from "vitest";
import "../../app";
import type { BatchView } from "../../api/types";
import { createFake } from "../../platform/fake";
import { aboutSeconds } from "./durations";
import { changeWords, progressText, batchState } from "./words";

async function batch(change: Partial<BatchView> = {}): Promise<BatchView> {
  const platform = createFake({ batch: 60 });
  const [view] = await platform.batches();
  return { ...(view as BatchView), ...change };
}
const say = (words: MessageDescriptor | null) => words && i18n._(words);

test("durations are said as people say them", () => {
  const about = (seconds: number) => aboutSeconds(seconds, i18n);
  expect(about(0)).toBe("about 1 s");
  expect(about(24)).toBe("about 24 s");
  expect(about(60)).toBe("about 1 min");
  expect(about(1199)).toBe("about 20 min");
  expect(about(7500)).toBe("about 2 h 5 min");
  expect(about(7200)).toBe("about 2 h");
});

test("a change of state is said, numbers alone are not", async () => {
  const before = await batch();
  expect(changeWords(before, { ...before, perMinute: 12 })).toBeNull();
  expect(say(changeWords(before, { ...before, turning: "pausing" }))).toContain("Pausing");
  expect(say(changeWords(before, { ...before, state: "paused", why: "No network." }))).toBe(
    "Paused: Client onboarding. No network.",
  );
  const counts = { ...before.counts, accepted: { requests: 1, people: 1 } };
  expect(say(changeWords(before, { ...before, state: "finished", counts }))).toBe(
    "Finished: Client onboarding. 1 person was asked.",
  );
});

test("a batch that ended with something open says that it needs the officer", async () => {
  const view = await batch({ state: "finished" });
  expect(say(batchState(view).badge)).toBe("Finished");
  const counts = { ...view.counts, unknown: { requests: 1, people: 20 } };
  expect(say(batchState({ ...view, counts }).badge)).toBe("Finished, needs you");
  const many = { ...counts, accepted: { requests: 60, people: 1170 } };
  expect(progressText({ ...view, counts: many }, i18n)).toBe(
    "1,170 of 1,190 people asked, 20 without a clear answer",
  );
});
