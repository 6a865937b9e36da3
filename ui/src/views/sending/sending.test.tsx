import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../../platform/fake/requests";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);

/** The app at Sending, with a batch of so many requests of twenty people each. */
async function openBatch(batch = 60, steps = 0) {
  const opened = openApp({ batch });
  await opened.user.click(await screen.findByTestId("nav-sending"));
  await screen.findByTestId("batch-title");
  act(() => opened.platform.fake.step(steps));
  const [view] = await opened.platform.batches();
  return { ...opened, id: view?.id ?? "" };
}

test("with nothing sent to many it says so and leads to a new request", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("nav-sending"));
  expect((await screen.findByTestId("sending-empty")).textContent).toContain("Nothing is being");
  await user.click(byId("sending-new-request"));
  expect(await screen.findByRole("heading", { level: 1, name: "New request" })).toBeTruthy();
});

test("progress is counted in people, in words and in parts", async () => {
  await openBatch(60, 8);
  expect(byId("batch-title").textContent).toBe("Client onboarding, 60 requests");
  await waitFor(() => expect(byId("batch-asked").textContent).toBe("520 of 1,190 people asked"));
  const bar = within(byId("batch-progress")).getByRole("progressbar");
  expect(bar.getAttribute("aria-valuetext")).toBe(
    "520 of 1,190 people asked, 20 refused, 20 without a clear answer",
  );
  expect(bar.getAttribute("aria-valuenow")).toBe("560");
  expect(bar.getAttribute("aria-valuemax")).toBe("1190");
  expect(byId("batch-progress").textContent).toContain("20 refused");
  expect(byId("batch-left").textContent).toContain("about 28 s left");
  expect(byId("batch-note").textContent).toContain("sending goes on at the next start");
  expect(byId("state-accepted").textContent).toBe("Accepted 26");
  expect(byId("state-planned").textContent).toBe("Waiting 28");
  expect(screen.queryByTestId("state-cancelled")).toBeNull();
});

test("the sidebar counts what is under way until it ends", async () => {
  const { platform } = await openBatch(2);
  expect(byId("nav-sending-count").textContent).toBe("1");
  expect(byId("nav-sending").textContent).toContain(", 1 under way");
  act(() => platform.fake.step(3));
  await waitFor(() => expect(screen.queryByTestId("nav-sending-count")).toBeNull());
  expect(byId("batch-state").textContent).toContain("Finished");
});

test("of several batches one is chosen, and its address leads back to it", async () => {
  const { user, platform } = openApp({ batch: 3, rows: 45, filled: true });
  await user.click(await screen.findByTestId("review-button"));
  await user.click(await screen.findByTestId("send-button"));
  await user.click(await screen.findByTestId("confirm-send"));
  expect((await screen.findByTestId("batch-title")).textContent).toContain("3 requests");
  const [newest, first] = await platform.batches();
  expect(location.hash).toBe(`#/sending/${newest?.id}`);
  await user.click(byId("all-batches"));
  const list = await screen.findByTestId("batch-list");
  expect(within(list).getAllByRole("button")).toHaveLength(2);
  await user.click(byId(`batch-choice-${first?.id}`));
  expect(location.hash).toBe(`#/sending/${first?.id}`);
  expect(document.activeElement).toBe(await screen.findByTestId("batch-title"));
});

test("pausing says so until the current ones have ended; the same button resumes", async () => {
  const { user, platform } = await openBatch(60, 1);
  await user.click(byId("pause-button"));
  await waitFor(() => expect(byId("pause-button").textContent).toBe("Pausing…"));
  expect(byId("pause-button").getAttribute("aria-disabled")).toBe("true");
  act(() => platform.fake.step());
  const resume = await screen.findByTestId("resume-button");
  expect(document.activeElement).toBe(resume);
  expect(byId("why-paused").textContent).toContain("You paused it.");
  expect(byId("pace-now").textContent).toBe("nothing is sent");
  expect(await screen.findByText(/^Paused: Client onboarding/)).toBeTruthy();

  await user.keyboard("{Enter}");
  const pause = await screen.findByTestId("pause-button");
  expect(document.activeElement).toBe(pause);
  expect(screen.queryByTestId("why-paused")).toBeNull();
});

test("stopping asks first and says who is left out; it can still be resumed", async () => {
  const { user, platform, id } = await openBatch(60, 1);
  const stop = vi.spyOn(platform, "stopBatch");
  await user.click(byId("stop-button"));
  expect((await screen.findByRole("alertdialog")).textContent).toContain(
    "1,110 people are not asked.",
  );
  await user.click(byId("cancel-stop"));
  expect(stop).not.toHaveBeenCalled();
  await user.click(byId("stop-button"));
  await user.click(await screen.findByTestId("confirm-stop"));
  await waitFor(() => expect(byId("stop-button").textContent).toBe("Stopping…"));
  expect(stop).toHaveBeenCalledWith(id);
  act(() => platform.fake.step());
  await waitFor(() => expect(byId("batch-state").textContent).toContain("Stopped"));
  await user.click(byId("resume-button"));
  await waitFor(() => expect(byId("batch-state").textContent).toContain("Sending"));
});

test("what makes no sense now can be reached and says why", async () => {
  const { user, platform } = await openBatch(2, 3);
  const resend = vi.spyOn(platform, "resendRefused");
  await waitFor(() => expect(byId("batch-state").textContent).toContain("Finished"));
  const pause = byId("pause-button");
  pause.focus();
  expect(document.activeElement).toBe(pause);
  const reasonOf = (button: HTMLElement) =>
    document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent;
  expect(reasonOf(pause)).toBe("Sending is over.");
  expect(reasonOf(byId("retry-refused"))).toBe("No request was refused.");
  await user.click(byId("retry-refused"));
  expect(resend).not.toHaveBeenCalled();
});

test("all refused are put back at once", async () => {
  const { user, platform, id } = await openBatch(60, 12);
  const resend = vi.spyOn(platform, "resendRefused");
  await waitFor(() => expect(byId("retry-refused").textContent).toContain("(2)"));
  await user.click(byId("retry-refused"));
  await waitFor(() => expect(byId("state-refused").textContent).toBe("Refused 0"));
  expect(resend).toHaveBeenCalledWith(id, null);
});

test("a command that is refused says why and changes nothing", async () => {
  const { user, platform } = await openBatch(60, 1);
  platform.fake.rejects.pauseBatch = problem("ledger", "disk full");
  await user.click(byId("pause-button"));
  expect((await screen.findByTestId("problem")).textContent).toContain("disk full");
  expect(byId("pause-button").textContent).toBe("Pause");
});

test("the limit is changed where it is shown, with errors at the fields", async () => {
  const { user, platform } = await openBatch(60, 1);
  expect(byId("pace-limit").textContent).toBe("60 a minute, 4 at once");
  await user.click(byId("edit-pace"));
  const atOnce = byId("inFlight");
  await user.clear(atOnce);
  await user.click(byId("pace-save"));
  expect((await screen.findByTestId("issue-inFlight")).textContent).toContain("whole number");
  expect(document.activeElement).toBe(atOnce);
  await user.type(atOnce, "8{Enter}");
  await waitFor(() => expect(byId("pace-limit").textContent).toBe("60 a minute, 8 at once"));
  expect((await platform.connections())[0]?.pace.inFlight).toBe(8);
  await waitFor(() => expect(document.activeElement).toBe(byId("edit-pace")));
});

test("it says that Humanos asked to slow down, and when it goes on by itself", async () => {
  const { platform, id } = await openBatch(60, 1);
  const at = new Date(2026, 10, 24, 14, 5, 20).getTime();
  act(() =>
    platform.fake.changeBatch(id, {
      state: "paused",
      why: "The server could not be reached.",
      resumesAtMs: at,
      allowedPerMinute: 30,
      slowed: { times: 3, atMs: at },
    }),
  );
  expect((await screen.findByTestId("pace-slowed")).textContent).toContain("3 times, last at");
  expect(byId("batch-pace").textContent).toContain("30 a minute for now");
  expect(byId("why-paused").textContent).toContain("The server could not be reached.");
  expect(byId("why-paused").textContent).toMatch(/goes on by itself at .*14:05:20/);
});

test("closing the window is asked about wherever the officer is", async () => {
  const { user, platform } = openApp({ batch: 3 });
  const leave = vi.spyOn(platform, "leaveAndClose");
  await screen.findByTestId("nav-settings");
  act(() => platform.fake.emitCloseAsked({ batches: 1, peopleLeft: 1100 }));
  const dialog = await screen.findByRole("alertdialog");
  expect(dialog.textContent).toContain("1,100 people are left to be asked.");
  expect(document.activeElement).toBe(byId("keep-open"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(leave).not.toHaveBeenCalled();

  act(() => platform.fake.emitCloseAsked({ batches: 1, peopleLeft: 1 }));
  platform.fake.holds.leaveAndClose = new Promise(() => undefined);
  await user.click(await screen.findByTestId("close-anyway"));
  await waitFor(() => expect(byId("close-anyway").textContent).toBe("Closing…"));
  expect(leave).toHaveBeenCalledTimes(1);
});

test("in a narrow window the control stands over what it steers", async () => {
  vi.stubGlobal("matchMedia", () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const { user } = await openBatch(3);
  expect(screen.queryByTestId("rail")).toBeNull();
  const order = screen.getByRole("main").compareDocumentPosition(byId("pause-button"));
  expect(order & Node.DOCUMENT_POSITION_CONTAINED_BY).toBeTruthy();
  await user.click(byId("pause-button"));
  expect(await screen.findByTestId("resume-button")).toBeTruthy();
  vi.unstubAllGlobals();
});

test("being slowed is told in words", async () => {
  const { platform, id } = await openBatch(3);
  for (const [times, words] of [
    [1, /^once, at/],
    [2, /^twice, last at/],
    [5, /^5 times, last at/],
  ] as const) {
    act(() => platform.fake.changeBatch(id, { slowed: { times, atMs: 1_800_000_000_000 } }));
    await waitFor(() => expect(byId("pace-slowed").textContent).toMatch(words));
  }
});
