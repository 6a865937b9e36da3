import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../platform/fake/requests";
import type { FakeOptions } from "../platform/fake";
import { openApp } from "../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function counts(words: string) {
  await waitFor(() => expect(byId("pack-count").textContent).toContain(words));
}

async function openList(options: FakeOptions = {}, search = "") {
  const opened = openApp({ sent: 5, ...options });
  await opened.user.click(await screen.findByTestId("nav-requests"));
  await screen.findByTestId("requests-list");
  if (search) {
    await opened.user.type(byId("requests-search"), search);
    await waitFor(() => expect(byId("requests-list").querySelectorAll("button")).toHaveLength(1));
  }
  await opened.user.click(byId("export-pack"));
  await screen.findByTestId("pack-dialog");
  return opened;
}

test("what the search shows is counted, exported, and the file is named", async () => {
  const { platform, user } = await openList({}, "onboarding 3");
  const save = vi.spyOn(platform, "exportPack");
  expect(byId("pack-dialog").textContent).toContain("“onboarding 3”");
  await counts("That is 1 request.");
  await user.click(byId("pack-pdf"));
  await user.selectOptions(byId("language"), "fr");
  await user.click(byId("export-save"));
  const note = await screen.findByTestId("export-pack-note");
  expect(note.textContent).toBe("Saved to /home/officer/evidence.zipIt holds 1 request.");
  expect(save.mock.calls).toEqual([
    [
      {
        format: "pack",
        scope: { kind: "search", search: "onboarding 3" },
        pdf: true,
        language: "fr",
        mask: [],
      },
    ],
  ]);
  await waitFor(() => expect(document.activeElement).toBe(byId("export-pack")));
  expect(document.querySelector("[data-live-announcer]")?.textContent).toContain("Saved to /home/");
});

test("a batch is exported from its page", async () => {
  const { platform, user } = openApp({ batch: 60 });
  const save = vi.spyOn(platform, "exportPack");
  await user.click(await screen.findByTestId("nav-sending"));
  await user.click(await screen.findByTestId("export-pack"));
  await counts("That is 60 requests.");
  const [batch] = await platform.batches();
  await user.click(byId("export-save"));
  await screen.findByTestId("export-pack-note");
  expect(save.mock.calls[0]?.[0].scope).toEqual({ kind: "batch", id: batch?.id });
});

test("exactly the requests that are ticked are exported", async () => {
  const { platform, user } = openApp({ batch: 60 });
  const save = vi.spyOn(platform, "exportPack");
  await user.click(await screen.findByTestId("nav-sending"));
  await user.click(await screen.findByTestId("batch-select-2"));
  await user.click(byId("batch-select-3"));
  await user.click(byId("export-selected"));
  await counts("That is 2 requests.");
  await user.click(byId("export-save"));
  await screen.findByTestId("export-selected-note");
  const [batch] = await platform.batches();
  const ask = { id: batch?.id ?? "", state: null, search: "", offset: 1, limit: 2 };
  const { rows } = await platform.batchRequests(ask);
  expect(save.mock.calls[0]?.[0].scope).toEqual({
    kind: "requests",
    ids: rows.map(({ id }) => id),
  });
});

test("a period is counted anew as its days change; what is no day is said at its field", async () => {
  const { platform, user } = await openList();
  const count = vi.spyOn(platform, "countPack");
  const save = vi.spyOn(platform, "exportPack");
  await user.click(byId("scope.period"));
  await user.clear(byId("period-from"));
  await user.type(byId("period-from"), "2026-01-01");
  await user.clear(byId("period-to"));
  await user.click(byId("export-save"));
  expect(byId("issue-period-to").textContent).toContain("year-month-day");
  expect(document.activeElement).toBe(byId("period-to"));
  await user.type(byId("period-to"), "2025-12-31");
  await user.click(byId("export-save"));
  expect(byId("issue-period-to").textContent).toContain("before the first");
  expect(save).not.toHaveBeenCalled();
  await user.clear(byId("period-to"));
  await user.type(byId("period-to"), "2099-12-31");
  await counts("That is 5 requests.");
  expect(count).toHaveBeenLastCalledWith({
    kind: "period",
    fromMs: Date.UTC(2026, 0, 1),
    toMs: Date.UTC(2100, 0, 1) - 1,
  });
  await user.click(byId("export-save"));
  await screen.findByTestId("export-pack-note");
  expect(save).toHaveBeenCalledTimes(1);
});

test("nothing to export is said, and nothing is exported", async () => {
  const { platform, user } = await openList();
  const save = vi.spyOn(platform, "exportPack");
  await user.click(byId("scope.period"));
  await user.clear(byId("period-from"));
  await user.type(byId("period-from"), "1999-01-01");
  await user.clear(byId("period-to"));
  await user.type(byId("period-to"), "1999-12-31");
  await counts("no request");
  expect(byId("export-save").getAttribute("aria-describedby")).toBe(byId("pack-count").id);
  await user.click(byId("export-save"));
  expect(save).not.toHaveBeenCalled();
});

test("a table asks for no PDF and no body, and the pack remembers them", async () => {
  const { platform, user } = await openList();
  const save = vi.spyOn(platform, "exportPack");
  await user.click(byId("pack-pdf"));
  await user.click(byId("mask-contacts"));
  for (const [format, end] of [
    ["xlsx", "xlsx"],
    ["csv-safe", "csv"],
    ["csv-exact", "csv"],
  ]) {
    await user.click(byId(`pack-format.${format}`));
    for (const gone of ["pack-pdf", "language", "mask-body", "mask-replies"]) {
      expect(screen.queryByTestId(gone)).toBeNull();
    }
    await user.click(byId("export-save"));
    expect((await screen.findByTestId("export-pack-note")).textContent).toContain(`.${end}`);
    expect(save.mock.lastCall?.[0]).toMatchObject({ format, pdf: false, mask: ["contacts"] });
    await user.click(byId("export-pack"));
    await screen.findByTestId("pack-dialog");
    expect(byId(`pack-format.${format}`)).toHaveProperty("checked", true);
  }
  await user.click(byId("pack-format.pack"));
  expect(byId("pack-pdf")).toHaveProperty("checked", true);
  expect(byId("mask-body")).toHaveProperty("checked", true);
});

test("progress is shown and said; cancelled, the choice stays and can go again", async () => {
  const { user } = await openList({ slow: 1_500 });
  await user.click(byId("mask-links"));
  await user.click(byId("export-save"));
  const progress = await screen.findByTestId("export-progress");
  expect(progress.textContent).toContain("Checking the ledger");
  await waitFor(() => expect(byId("export-progress").textContent).toContain("Making the receipts"));
  const live = document.querySelector("[data-live-announcer]");
  await waitFor(() => expect(live?.textContent).toMatch(/Making the receipts, \d+ percent/));
  expect(live?.closest("[inert], [aria-hidden=true]")).toBeNull();
  expect(byId("mask-links").matches(":disabled")).toBe(true);
  await user.click(byId("export-cancel"));
  expect((await screen.findByTestId("problem")).textContent).toContain("ended before it was done");
  expect(byId("mask-links")).toHaveProperty("checked", true);
  expect(document.activeElement).toBe(byId("export-cancel"));
  await user.click(byId("export-save"));
  await screen.findByTestId("export-pack-note", undefined, { timeout: 5_000 });
});

test("a failure keeps the choice; a count that fails says so", async () => {
  const { platform, user } = await openList();
  await counts("5");
  platform.fake.rejects.exportPack = problem("save-failed", "No space left.");
  await user.click(byId("pack-format.xlsx"));
  await user.click(byId("export-save"));
  expect((await screen.findByTestId("problem")).textContent).toContain("No space left.");
  expect(byId("pack-format.xlsx")).toHaveProperty("checked", true);
  platform.fake.rejects.countPack = problem("ledger", "disk");
  await user.click(byId("scope.period"));
  await waitFor(() => expect(screen.getAllByTestId("problem")).toHaveLength(2));
  act(() => platform.fake.emitExportProgress({ step: "writing", done: 1, total: 2 }));
  expect(screen.queryByTestId("export-progress")).toBeNull();
});

test("requests without a receipt, damage and a missing time stamp are told; Evidence is a press away", async () => {
  const { user } = await openList({ damaged: true, unstamped: true });
  await user.click(byId("export-save"));
  expect((await screen.findByTestId("export-pack-saved")).textContent).toContain(
    "It holds 4 requests.",
  );
  const leftOut = byId("export-pack-left-out");
  expect(leftOut.textContent).toContain("Of 1 request no receipt can be made");
  expect(leftOut.textContent).toContain("Check the ledger");
  expect(byId("export-pack-stamp").textContent).toContain("did not answer");
  expect(byId("export-pack-damage").textContent).toContain("The ledger has 2 damaged places");
  expect(byId("export-pack-damage").textContent).toContain("in this file");
  for (const note of screen.getAllByRole("alert")) {
    expect(byId("export-pack-note").contains(note)).toBe(true);
    expect(note.getAttribute("data-tone")).toBe("warning");
  }
  await user.click(byId("export-pack-left-out-evidence"));
  expect(await screen.findByTestId("check-ledger")).toBeTruthy();
});

test("many that are left out are counted as many, and the next export takes the notes away", async () => {
  const { platform, user } = await openList();
  vi.spyOn(platform, "exportPack").mockResolvedValueOnce({
    path: "/evidence.zip",
    requests: 1_190,
    leftOut: 1_204,
    stampProblem: null,
    damageCount: 0,
  });
  await user.click(byId("export-save"));
  const note = await screen.findByTestId("export-pack-note");
  expect(note.textContent).toContain("It holds 1,190 requests.");
  expect(note.textContent).toContain("Of 1,204 requests no receipt can be made");
  expect(screen.queryByTestId("export-pack-damage")).toBeNull();
  await user.click(byId("export-pack"));
  expect(screen.queryByTestId("export-pack-note")).toBeNull();
});

test("each step is told by its name", async () => {
  const { platform, user } = await openList();
  let release: () => void = () => undefined;
  platform.fake.holds.exportPack = new Promise<void>((done) => (release = done));
  await user.click(byId("export-save"));
  const steps = [
    ["checking", "Checking the ledger"],
    ["stamping", "Asking for a time stamp"],
    ["receipts", "Making the receipts"],
    ["writing", "Writing the file"],
  ] as const;
  for (const [step, words] of steps) {
    act(() => platform.fake.emitExportProgress({ step, done: 0, total: 0 }));
    expect((await screen.findByTestId("export-progress")).textContent).toContain(words);
    expect(document.querySelector("[data-live-announcer]")?.textContent).toBe(words);
  }
  release();
  await screen.findByTestId("export-pack-note");
});

test("by the keyboard alone a pack is exported, and the focus is back where it began", async () => {
  const { platform, user } = openApp({ sent: 5 });
  const save = vi.spyOn(platform, "exportPack");
  const tabTo = async (id: string) => {
    for (let at = 0; at < 40 && document.activeElement !== byId(id); at++) await user.tab();
    expect(document.activeElement).toBe(byId(id));
  };
  await user.click(await screen.findByTestId("nav-requests"));
  await screen.findByTestId("requests-list");
  await tabTo("export-pack");
  await user.keyboard("{Enter}");
  await screen.findByTestId("pack-dialog");
  await counts("5");
  await tabTo("pack-format.pack");
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(byId("pack-format.csv-safe")).toHaveProperty("checked", true);
  await user.keyboard("{ArrowUp}{ArrowUp}");
  await tabTo("pack-pdf");
  await user.keyboard(" ");
  await tabTo("mask-names");
  await user.keyboard(" ");
  await tabTo("export-save");
  await user.keyboard("{Enter}");
  await screen.findByTestId("export-pack-note");
  expect(save.mock.lastCall?.[0]).toMatchObject({
    format: "pack",
    pdf: true,
    mask: ["names", "replies", "body"],
  });
  await waitFor(() => expect(document.activeElement).toBe(byId("export-pack")));
  await user.keyboard("{Enter}");
  await screen.findByTestId("pack-dialog");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("pack-dialog")).toBeNull());
  expect(save).toHaveBeenCalledTimes(1);
});
