import { act, screen } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import { fakeReceiptCheck } from "../platform/fake/evidence-samples";
import { openApp } from "../test/open";

const byId = (id: string) => screen.getByTestId(id);
/** jsdom lays nothing out, so what needs a layout is looked at in the real window. */
const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };

async function faults() {
  const { violations } = await axe.run(document.body, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test("the export of a receipt has no fault that axe finds", async () => {
  const { user } = openApp({ sent: 3 });
  await user.click(await screen.findByTestId("nav-requests"));
  await user.click(await screen.findByRole("button", { name: /Client onboarding 3/ }));
  await user.click(await screen.findByTestId("export-receipt"));
  await user.click(await screen.findByTestId("format.pdf"));
  await user.click(byId("mask-contacts"));
  expect(await faults()).toEqual([]);
});

test("the export of many has no fault that axe finds, also while it is under way", async () => {
  const { user, platform } = openApp({ sent: 3, damaged: true, unstamped: true });
  await user.click(await screen.findByTestId("nav-requests"));
  await user.click(await screen.findByTestId("export-pack"));
  await user.click(await screen.findByTestId("scope.period"));
  await user.clear(byId("period-from"));
  await user.click(byId("pack-pdf"));
  await user.click(byId("export-save"));
  await screen.findByTestId("issue-period-from");
  expect(await faults()).toEqual([]);
  await user.click(byId("scope.search"));
  let release: () => void = () => undefined;
  platform.fake.holds.exportPack = new Promise<void>((done) => (release = done));
  await user.click(byId("export-save"));
  act(() => platform.fake.emitExportProgress({ step: "receipts", done: 1, total: 3 }));
  await screen.findByTestId("export-progress");
  expect(await faults()).toEqual([]);
  release();
  await screen.findByTestId("export-pack-left-out");
  await screen.findByTestId("export-pack-stamp");
  await screen.findByTestId("export-pack-damage");
  expect(await faults()).toEqual([]);
});

test("Evidence, with everything it can say, has no fault that axe finds", async () => {
  const { user, platform } = openApp({ sent: 1, damaged: true });
  await user.click(await screen.findByTestId("nav-evidence"));
  await screen.findByTestId("device-key-fingerprint");
  expect(await faults()).toEqual([]);
  const findings = Array.from({ length: 30 }, (_, at) => ({
    code: "part",
    words: "It was changed.",
    place: "request.name",
    from: at,
    to: at + 9,
  }));
  const facts = { interim: true, practice: true };
  await user.click(byId("timestamp-save"));
  await screen.findByTestId("issue-timestampUrl");
  expect(await faults()).toEqual([]);
  await user.type(byId("timestampUrl"), "https://tsa.example.org");
  await user.click(byId("timestamp-save"));
  await screen.findByTestId("timestamp-off");
  act(() => platform.fake.emitReceiptChecking("evidence.zip"));
  expect(await faults()).toEqual([]);
  act(() => platform.fake.emitReceipt(fakeReceiptCheck()));
  act(() => platform.fake.emitReceipt(fakeReceiptCheck({ verdict: "broken", findings, facts })));
  await user.click(byId("check-ledger"));
  await screen.findByTestId("damages");
  expect(await faults()).toEqual([]);
  await user.click(byId("rotate-device-key"));
  await screen.findByRole("alertdialog");
  expect(await faults()).toEqual([]);
  await user.click(byId("confirm-rotate"));
  await screen.findByTestId("former-keys");
  expect(await faults()).toEqual([]);
});
