import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../../../platform/fake/requests";
import { openApp } from "../../../test/open";

const byId = (id: string) => screen.getByTestId(id);
const pause = (ms: number) => act(() => new Promise<void>((next) => setTimeout(next, ms)));

test("progress appears once the list has been at work for 300 ms, not before", async () => {
  const { platform } = openApp();
  await screen.findByTestId("drop-zone");
  vi.useFakeTimers();
  try {
    act(() => platform.fake.emitProgress({ name: "a.csv", step: "reading", done: 1, all: 9 }));
    act(() => vi.advanceTimersByTime(299));
    expect(screen.queryByTestId("list-progress")).toBeNull();
    act(() => vi.advanceTimersByTime(1));
    expect(byId("list-progress").textContent).toContain("11 %");
  } finally {
    vi.useRealTimers();
  }
});

test("a command that takes long shows progress, can be ended, and says it was", async () => {
  const { user, platform } = openApp();
  await user.type(await screen.findByTestId("contacts"), "a@example.com");
  const cancel = vi.spyOn(platform, "listCancel");
  let end = (): void => undefined;
  platform.fake.holds.listAdd = new Promise<void>((done) => (end = done));
  await user.click(byId("add-contacts"));
  const bar = await screen.findByRole("progressbar");
  expect(bar.getAttribute("aria-valuenow")).toBeNull();

  act(() =>
    platform.fake.emitProgress({ name: "clients.xlsx", step: "reading", done: 30, all: 120 }),
  );
  expect(bar.getAttribute("aria-valuenow")).toBe("25");
  expect(bar.getAttribute("aria-label")).toBe("clients.xlsx: reading");
  expect(screen.getByText("clients.xlsx: reading, 25 percent").textContent).toBeTruthy();
  act(() =>
    platform.fake.emitProgress({ name: "clients.xlsx", step: "judging", done: 119, all: 120 }),
  );
  expect(byId("list-progress").textContent).toContain("checking each row");
  expect(byId("list-progress").textContent).toContain("99 %");

  await user.click(byId("list-cancel"));
  expect(cancel).toHaveBeenCalledOnce();
  platform.fake.rejects.listAdd = problem("cancelled", "");
  act(() => platform.fake.emitProgress(null));
  end();
  expect((await screen.findByTestId("problem")).textContent).toContain("Nothing was changed");
  await waitFor(() => expect(screen.queryByTestId("list-progress")).toBeNull());
  expect(byId("contacts")).toHaveProperty("value", "a@example.com");
  await waitFor(() => expect(document.activeElement).toBe(byId("choose-file")));
});

test("what is quick shows no progress", async () => {
  const { user } = openApp();
  await user.type(await screen.findByTestId("contacts"), "a@example.com");
  await user.click(byId("add-contacts"));
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 1"));
  await pause(350);
  expect(screen.queryByTestId("list-progress")).toBeNull();
});

test("an open file dialog is no progress", async () => {
  const { user, platform } = openApp();
  platform.fake.holds.listChoose = new Promise(() => undefined);
  await user.click(await screen.findByTestId("choose-file"));
  await pause(400);
  expect(screen.queryByTestId("list-progress")).toBeNull();
});

test("a file dropped on another view shows its progress there too when the officer comes back", async () => {
  const { user, platform } = openApp();
  await user.click(await screen.findByTestId("nav-settings"));
  act(() => platform.fake.emitProgress({ name: "people.csv", step: "reading", done: 1, all: 0 }));
  await user.click(byId("nav-new-request"));
  expect((await screen.findByTestId("list-progress")).textContent).toContain("people.csv");
  act(() => platform.fake.emitProgress(null));
  expect(screen.queryByTestId("list-progress")).toBeNull();
});

test("while the list is at work its rows cannot be changed, and nothing else waits", async () => {
  const { user, platform } = openApp({ rows: 40 });
  const remove = vi.spyOn(platform, "listRemove");
  await screen.findByTestId("row-1-edit");
  act(() => platform.fake.emitProgress({ name: "people.csv", step: "reading", done: 1, all: 9 }));
  await screen.findByTestId("list-progress");
  expect(byId("row-1-edit")).toHaveProperty("readOnly", true);
  expect(byId("choose-file").getAttribute("aria-disabled")).toBe("true");
  await user.click(byId("row-1-remove"));
  expect(remove).not.toHaveBeenCalled();
  await user.type(byId("name"), "Client onboarding");
  expect(byId("name")).toHaveProperty("value", "Client onboarding");
  await user.click(byId("filter-errors"));
  await waitFor(() => expect(screen.queryByTestId("row-1")).toBeNull());
});
