import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Providers } from "../../app";
import { createFake } from "../../platform/fake";
import { BatchEvents } from "./BatchEvents";
import { leading } from "./leading";
import { SendingView } from "./SendingView";
import { SAY_EVERY_MS } from "./use-progress-said";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const said = () =>
  screen.getByText(
    (_, element) =>
      element?.getAttribute("role") === "status" && element.classList.contains("visually-hidden"),
  ).textContent;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test("progress is said at most every half minute, a new kind of failure at once", async () => {
  const platform = createFake({ batch: 60 });
  const { FormProvider } = await import("../request/FormProvider");
  render(
    <Providers platform={platform} start={{ view: "sending" }}>
      <FormProvider>
        <SendingView />
        <BatchEvents />
      </FormProvider>
    </Providers>,
  );
  await pass(50);
  act(() => platform.fake.step(2));
  await pass(1_000);
  expect(said()).toBe("");
  await pass(SAY_EVERY_MS);
  expect(said()).toBe("80 of 1,190 people asked");

  act(() => platform.fake.step(2));
  await pass(5_000);
  expect(said()).toBe("80 of 1,190 people asked");
  await pass(SAY_EVERY_MS);
  expect(said()).toBe("240 of 1,190 people asked");

  act(() => platform.fake.step(2));
  await pass(2_000);
  expect(said()).toContain("Needs you: Humanos refused the request.");
  // The same again is no news.
  act(() => platform.fake.step(6));
  await pass(2_000);
  expect(said()).toContain("No answer came");
});

test("what is asked often runs at once, then at most once in a while, and never forgets the last", () => {
  const run = vi.fn();
  const often = leading(1_000, run);
  often.ask();
  often.ask();
  often.ask();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5_000);
  expect(run).toHaveBeenCalledTimes(2);
  often.ask();
  expect(run).toHaveBeenCalledTimes(3);
  often.end();
});
