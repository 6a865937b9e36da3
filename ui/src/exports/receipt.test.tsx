import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { FakeOptions } from "../platform/fake";
import { problem } from "../platform/fake/requests";
import { openApp } from "../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function openRequest(options: FakeOptions = {}, nth = 0) {
  const opened = openApp({ sent: 5, ...options });
  await opened.user.click(await screen.findByTestId("nav-requests"));
  const rows = (await screen.findByTestId("requests-list")).querySelectorAll("button");
  await opened.user.click(rows[nth] as HTMLElement);
  await opened.user.click(await screen.findByTestId("export-receipt"));
  await screen.findByTestId("receipt-dialog");
  return opened;
}

test("a receipt says where it was saved; a closed system dialog says nothing and keeps the choice", async () => {
  const { platform, user } = await openRequest();
  const save = vi.spyOn(platform, "exportReceipt").mockResolvedValueOnce(null);
  await user.click(byId("format.pdf"));
  await user.click(byId("export-save"));
  await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
  expect(byId("format.pdf")).toHaveProperty("checked", true);
  expect(screen.queryByTestId("export-note")).toBeNull();
  await user.click(byId("export-save"));
  const note = await screen.findByTestId("export-note");
  expect(note.textContent).toMatch(/Saved to \/home\/.*\.pdf/);
  expect(screen.queryByTestId("receipt-dialog")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(byId("export-receipt")));
  expect(document.querySelector("[data-live-announcer]")?.textContent).toContain("Saved to /home/");
});

test("format, language and what is hidden reach the shell, and are there the next time", async () => {
  const { platform, user } = await openRequest();
  const save = vi.spyOn(platform, "exportReceipt");
  expect(screen.queryByTestId("language")).toBeNull();
  await user.click(byId("format.pdf"));
  await user.selectOptions(byId("language"), "pt");
  await user.click(byId("mask-links"));
  await user.click(byId("export-save"));
  await screen.findByTestId("export-note");
  expect(save.mock.calls[0]?.[1]).toEqual({
    format: "pdf",
    language: "pt",
    mask: ["links", "replies"],
  });
  await user.click(byId("export-receipt"));
  expect(await screen.findByTestId("language")).toHaveProperty("value", "pt");
  expect(byId("mask-links")).toHaveProperty("checked", true);
  await user.click(byId("export-cancel"));
  await user.click(byId("request-back"));
  const rows = byId("requests-list").querySelectorAll("button");
  await user.click(rows[1] as HTMLElement);
  await user.click(await screen.findByTestId("export-receipt"));
  expect(await screen.findByTestId("language")).toHaveProperty("value", "pt");
});

test("hiding contacts hides what holds them, and taking it back gives that back", async () => {
  const { platform, user } = await openRequest();
  const save = vi.spyOn(platform, "exportReceipt");
  await user.click(byId("mask-contacts"));
  for (const field of ["mask-replies", "mask-body"]) {
    expect(byId(field)).toMatchObject({ checked: true, disabled: true });
  }
  await user.click(byId("mask-contacts"));
  expect(byId("mask-body")).toMatchObject({ checked: false, disabled: false });
  await user.click(byId("mask-names"));
  await user.click(byId("export-save"));
  await screen.findByTestId("export-note");
  expect(save.mock.calls[0]?.[1].mask).toEqual(["names", "replies", "body"]);
});

test("damaged places of the ledger are told after the export, and Evidence is a press away", async () => {
  const { user } = await openRequest({ damaged: true });
  await user.click(byId("export-save"));
  const note = await screen.findByTestId("export-damage");
  expect(byId("export-note").textContent).toContain("Saved to /home/");
  expect(note.getAttribute("data-tone")).toBe("warning");
  expect(note.textContent).toContain("The ledger has 2 damaged places");
  expect(note.textContent).toContain("events in this receipt are as they were written");
  expect(note.textContent).toContain("“Evidence” names the damaged places");
  await user.click(byId("export-damage-evidence"));
  expect(await screen.findByTestId("check-ledger")).toBeTruthy();
});

test("one damaged place is told as one, and a sound ledger as nothing", async () => {
  const { platform, user } = await openRequest();
  const one = { path: "/r.json", requests: 1, leftOut: 0, stampProblem: null, damageCount: 1 };
  vi.spyOn(platform, "exportReceipt").mockResolvedValueOnce(one);
  await user.click(byId("export-save"));
  const note = await screen.findByTestId("export-damage");
  expect(note.textContent).toContain("The ledger has 1 damaged place");
  expect(note.textContent).not.toContain("places");
  await user.click(byId("export-receipt"));
  expect(screen.queryByTestId("export-damage")).toBeNull();
  await user.click(await screen.findByTestId("export-save"));
  await screen.findByTestId("export-note");
  expect(screen.queryByTestId("export-damage")).toBeNull();
});

test("a receipt without the time stamp that was wanted is saved, and loudly says so", async () => {
  const { user } = await openRequest({ unstamped: true });
  await user.click(byId("export-save"));
  const note = await screen.findByTestId("export-stamp");
  expect(byId("export-saved").getAttribute("data-tone")).toBe("good");
  expect(note.getAttribute("role")).toBe("alert");
  expect(note.getAttribute("data-tone")).toBe("warning");
  expect(note.textContent).toContain("It has no time stamp");
  expect(note.textContent).toContain("did not answer within 20 seconds");
  expect(screen.queryByTestId("problem")).toBeNull();
});

test("a time stamp that was got, or not wanted, is no news", async () => {
  const { platform, user } = await openRequest({ slow: 600 });
  await platform.saveStamping("https://tsa.example.org");
  await user.click(byId("export-save"));
  await waitFor(() => expect(byId("export-progress").textContent).toContain("time stamp"));
  await screen.findByTestId("export-saved");
  expect(screen.queryByTestId("export-stamp")).toBeNull();
  expect(byId("export-note").textContent).not.toContain("It holds");
});

test("a receipt of an open outcome is said to be interim; one of a refusal is not", async () => {
  const { user } = await openRequest({}, 2);
  expect(byId("interim-note").textContent).toContain("still open");
  await user.click(byId("export-cancel"));
  const rows = byId("requests-list").querySelectorAll("button");
  await user.click(rows[1] as HTMLElement);
  await screen.findByRole("heading", { level: 2, name: "Client onboarding 2" });
  await user.click(await screen.findByTestId("export-receipt"));
  await screen.findByTestId("receipt-dialog");
  expect(screen.queryByTestId("interim-note")).toBeNull();
});

test("a failure is said in the dialog and keeps the choice", async () => {
  const { platform, user } = await openRequest();
  platform.fake.rejects.exportReceipt = problem("save-failed", "No space left.");
  await user.click(byId("mask-body"));
  await user.click(byId("export-save"));
  expect((await screen.findByTestId("problem")).textContent).toContain("No space left.");
  expect(byId("mask-body")).toHaveProperty("checked", true);
  delete platform.fake.rejects.exportReceipt;
  await user.click(byId("export-save"));
  expect(await screen.findByTestId("export-note")).toBeTruthy();
});

test("the check of the ledger before it is told, and can be ended", async () => {
  const { platform, user } = await openRequest({ slow: 1_000 });
  await user.click(byId("export-save"));
  const progress = await screen.findByTestId("export-progress");
  expect(progress.textContent).toContain("Checking the ledger");
  await user.click(byId("export-cancel"));
  expect((await screen.findByTestId("problem")).textContent).toContain("ended before it was done");
  expect(screen.queryByTestId("export-progress")).toBeNull();
  act(() => platform.fake.emitExportProgress({ step: "checking", done: 1, total: 2 }));
  expect(screen.queryByTestId("export-progress")).toBeNull();
  await user.click(byId("export-cancel"));
  expect(screen.queryByTestId("receipt-dialog")).toBeNull();
});
