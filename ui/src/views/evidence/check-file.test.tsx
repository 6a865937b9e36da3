import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ReceiptCheck } from "../../api/types";
import { createFake } from "../../platform/fake";
import { fakeReceiptCheck } from "../../platform/fake/evidence-samples";
import { problem } from "../../platform/fake/requests";
import { openApp, openView } from "../../test/open";
import { EvidenceView } from "./EvidenceView";

const byId = (id: string) => screen.getByTestId(id);
const said = () => document.querySelector("[data-live-announcer]")?.textContent;

async function check(change: Parameters<typeof fakeReceiptCheck>[0]) {
  const platform = createFake();
  const asked = fakeReceiptCheck(change);
  vi.spyOn(platform, "chooseReceipt").mockResolvedValue(asked);
  const { user } = openView(<EvidenceView />, { platform, start: { view: "evidence" } });
  await user.click(byId("check-choose"));
  const result = await screen.findByTestId("check-result");
  expect(result.getAttribute("data-verdict")).toBe(asked.verdict);
  return { platform, user, result };
}

test("a receipt that holds says so, who asked, and that the ledger agrees", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("nav-evidence"));
  expect(byId("nav-evidence").getAttribute("aria-current")).toBe("page");
  await user.click(byId("check-choose"));
  expect((await screen.findByTestId("check-verdict")).textContent).toContain("This receipt holds");
  expect(said()).toBe("receipt.json: This receipt holds");
  expect(byId("check-in-ledger").textContent).toContain("says the same");
  const facts = byId("check-facts").textContent;
  for (const fact of ["Ana Martins, Banco do Rio", "2 people", "2026-11-24 14:05:00 UTC"]) {
    expect(facts).toContain(fact);
  }
  expect(facts).toContain("48,211 events");
  expect(facts).toContain("Keythis computer's");
  expect(screen.queryByTestId("check-findings")).toBeNull();
});

test("a changed file names each place and its bytes", async () => {
  const { result } = await check({
    verdict: "broken",
    ledger: "differs",
    findings: [
      {
        code: "part",
        words: "The name was changed.",
        place: "request.name",
        from: 1_120,
        to: 1163,
      },
      { code: "seal", words: "One byte differs.", place: null, from: 7, to: 7 },
      {
        code: "signature",
        words: "The signature does not fit.",
        place: null,
        from: null,
        to: null,
      },
    ],
  });
  expect(byId("check-verdict").textContent).toContain("It does not hold");
  const lines = within(byId("check-findings")).getAllByRole("listitem");
  expect(lines.map((line) => line.textContent)).toEqual([
    "The name was changed.request.name, bytes 1,120 to 1,163",
    "One byte differs.byte 7",
    "The signature does not fit.",
  ]);
  expect(result.textContent).toContain("says something else");
});

test("each kind and verdict has words of its own, and never claims more than it knows", async () => {
  const cases: [Partial<ReceiptCheck>, string, string][] = [
    [{ kind: "pdf" }, "This PDF holds", "says the same"],
    [
      { kind: "old-receipt", verdict: "unsigned", ledger: "not-here" },
      "it is not signed",
      "not signed here",
    ],
    [{ verdict: "holds-unknown-key", ledger: "closed" }, "not known here", "not compared"],
    [{ kind: "pack" }, "evidence pack holds", "says the same"],
  ];
  const platform = createFake();
  openView(<EvidenceView />, { platform, start: { view: "evidence" } });
  for (const [change, verdict, ledger] of cases) {
    act(() => platform.fake.emitReceipt({ ...fakeReceiptCheck(), ...change }));
    const [top] = screen.getAllByTestId("check-result");
    expect(top?.textContent).toContain(verdict);
    expect(top?.textContent).toContain(ledger);
  }
  const [, old] = screen.getAllByTestId("check-verdict").toReversed();
  expect(old?.getAttribute("data-tone")).toBe("warning");
});

test("what cannot be read tells no facts and nothing of the ledger", async () => {
  await check({ file: "photo.png", kind: "unknown", verdict: "unreadable", facts: null });
  expect(byId("check-verdict").textContent).toContain("could not be checked");
  expect(screen.queryByTestId("check-facts")).toBeNull();
  expect(screen.queryByTestId("check-in-ledger")).toBeNull();
});

test("interim, practice, a pack's count and what is missing are told as they are", async () => {
  await check({
    kind: "pack",
    verdict: "holds-unknown-key",
    facts: {
      interim: true,
      practice: true,
      receipts: 1_190,
      keyKnown: false,
      officer: "",
      organisation: "",
      exportedAtUtc: "yesterday",
    },
  });
  expect(byId("check-interim").textContent).toContain("Interim");
  expect(byId("check-practice").textContent).toContain("nobody was asked");
  const facts = byId("check-facts").textContent;
  expect(facts).toContain("Receipts in it1,190");
  expect(facts).toContain("Keynot known here");
  expect(facts).toContain("Exportedyesterday");
  expect(facts).not.toContain("People");
  expect(facts).not.toContain("Asked by");
});

test("many findings are shown in part, and all on demand", async () => {
  const findings = Array.from({ length: 30 }, (_, at) => ({
    code: "entry",
    words: `Entry ${at} was changed.`,
    place: `receipts/${at}.json`,
    from: null,
    to: null,
  }));
  const { user } = await check({ kind: "pack", verdict: "broken", findings });
  const lines = () => within(byId("check-findings")).getAllByRole("listitem");
  expect(lines()).toHaveLength(20);
  expect(byId("check-all-findings").textContent).toBe("Show 10 more");
  await user.click(byId("check-all-findings"));
  expect(lines()).toHaveLength(30);
});

test("of many dropped one after another the last is on top, and leaving loses none", async () => {
  const { user, platform } = openApp();
  await user.click(await screen.findByTestId("nav-evidence"));
  for (let at = 1; at <= 25; at++) {
    act(() => platform.fake.emitReceipt(fakeReceiptCheck({ file: `${at}.json` })));
  }
  const results = screen.getAllByTestId("check-result");
  expect(results[0]?.textContent).toContain("25.json");
  expect(results).toHaveLength(20);
  expect(byId("checks-before").querySelector("summary")?.textContent).toContain("24.json");
  await user.click(byId("nav-requests"));
  await user.click(byId("nav-evidence"));
  expect(screen.getAllByTestId("check-result")[0]?.textContent).toContain("25.json");
});

test("drops go here while it is shown, and to the list again after", async () => {
  const platform = createFake();
  const places = vi.spyOn(platform, "dropsGoTo");
  const { unmount } = openView(<EvidenceView />, { platform, start: { view: "evidence" } });
  expect(places.mock.calls).toEqual([["check"]]);
  act(() => platform.fake.emitDrag(true));
  expect(byId("drop-overlay").textContent).toContain("Drop to check it");
  act(() => platform.fake.emitReceipt(fakeReceiptCheck()));
  expect(screen.queryByTestId("drop-overlay")).toBeNull();
  unmount();
  expect(places.mock.calls).toEqual([["check"], ["list"]]);
});

test("a file that cannot be opened says why; the next result takes that away; no file is nothing", async () => {
  const { platform, user } = openView(<EvidenceView />, { start: { view: "evidence" } });
  platform.fake.rejects.chooseReceipt = problem("file-unreadable", "Permission denied.");
  await user.click(byId("check-choose"));
  expect((await screen.findByTestId("problem")).textContent).toContain("Permission denied.");
  delete platform.fake.rejects.chooseReceipt;
  const choose = vi.spyOn(platform, "chooseReceipt").mockResolvedValueOnce(null);
  await user.click(byId("check-choose"));
  await waitFor(() => expect(choose).toHaveBeenCalled());
  expect(screen.queryByTestId("check-result")).toBeNull();
  await user.click(byId("check-choose"));
  await screen.findByTestId("check-result");
  expect(screen.queryByTestId("problem")).toBeNull();
});

test("a dropped file that cannot be read says why, and the next result takes that away", async () => {
  const { platform } = openView(<EvidenceView />, { start: { view: "evidence" } });
  act(() => platform.fake.emitDrag(true));
  act(() => platform.fake.emitReceiptProblem(problem("file-unreadable", "Permission denied.")));
  expect(byId("problem").textContent).toContain("Permission denied.");
  expect(screen.queryByTestId("drop-overlay")).toBeNull();
  expect(screen.queryByTestId("check-result")).toBeNull();
  act(() => platform.fake.emitReceipt(fakeReceiptCheck()));
  expect(screen.queryByTestId("problem")).toBeNull();
  expect(byId("check-verdict").textContent).toContain("This receipt holds");
});

test("a dropped file that takes a while is named until something comes of it", async () => {
  const { platform } = openView(<EvidenceView />, { start: { view: "evidence" } });
  const live = byId("check-checking");
  expect(live.getAttribute("role")).toBe("status");
  expect(live.textContent).toBe("");
  act(() => platform.fake.emitDrag(true));
  act(() => platform.fake.emitReceiptChecking("evidence.zip"));
  expect(live.textContent).toBe("Checking evidence.zip…");
  expect(screen.queryByTestId("drop-overlay")).toBeNull();
  act(() => platform.fake.emitReceipt(fakeReceiptCheck({ file: "evidence.zip", kind: "pack" })));
  expect(live.textContent).toBe("");
  act(() => platform.fake.emitReceiptChecking("gone.zip"));
  act(() => platform.fake.emitReceiptProblem(problem("file-unreadable", "Gone.")));
  expect(live.textContent).toBe("");
  expect(byId("problem").textContent).toContain("Gone.");
});

test("what comes of a dropped file while something else is open is not lost", async () => {
  const { user, platform } = openApp();
  await user.click(await screen.findByTestId("nav-evidence"));
  act(() => platform.fake.emitReceiptChecking("evidence.zip"));
  await user.click(byId("nav-requests"));
  await user.click(byId("nav-evidence"));
  expect(byId("check-checking").textContent).toBe("Checking evidence.zip…");
  await user.click(byId("nav-requests"));
  act(() => platform.fake.emitReceipt(fakeReceiptCheck({ file: "evidence.zip" })));
  expect(said()).toBe("evidence.zip: This receipt holds");
  act(() => platform.fake.emitReceiptProblem(problem("file-unreadable", "Gone.")));
  await user.click(byId("nav-evidence"));
  expect(byId("check-result").textContent).toContain("evidence.zip");
  expect(byId("problem").textContent).toContain("Gone.");
  expect(byId("check-checking").textContent).toBe("");
});
