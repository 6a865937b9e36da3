import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { createFake } from "../../platform/fake";
import { problem } from "../../platform/fake/requests";
import { openApp, openView } from "../../test/open";
import { EvidenceView } from "./EvidenceView";

const byId = (id: string) => screen.getByTestId(id);
const said = () => document.querySelector("[data-live-announcer]")?.textContent;

test("a sound ledger is told with its size and root", async () => {
  const { user } = openView(<EvidenceView />);
  await user.click(await screen.findByTestId("check-ledger"));
  const report = await screen.findByTestId("ledger-report");
  expect(report.textContent).toContain("The ledger holds");
  expect(report.textContent).toContain("48,211 events");
  expect(report.textContent).toContain("9f2bdacc");
  expect(said()).toBe("The ledger holds.");
  await waitFor(() => expect(document.activeElement).toBe(byId("check-ledger")));
});

test("damages are named with their place, lead to the request, and are there on the way back", async () => {
  const { user } = openApp({ sent: 1, damaged: true });
  await user.click(await screen.findByTestId("nav-evidence"));
  await user.click(byId("check-ledger"));
  const report = await screen.findByTestId("ledger-report");
  expect(report.textContent).toContain("2 places of the ledger are damaged");
  expect(report.textContent).toContain("The rest stays usable");
  expect(byId("damage-0").textContent).toBe(
    "Events 1,201 to 1,250: These events cannot be read: this part of the file is damaged.",
  );
  expect(byId("damage-1").textContent).toContain("Event 1,302: ");
  expect(screen.queryByTestId("damage-0-request")).toBeNull();
  expect(said()).toBe("2 places of the ledger are damaged.");
  await user.click(byId("damage-1-request"));
  expect(
    await screen.findByRole("heading", { level: 2, name: "Client onboarding 1" }),
  ).toBeTruthy();
  await user.click(byId("nav-evidence"));
  expect(byId("damage-1")).toBeTruthy();
});

test("more damages than are named are counted", async () => {
  const platform = createFake({ damaged: true });
  const report = await platform.checkLedger();
  vi.spyOn(platform, "checkLedger").mockResolvedValue({ ...report, damageCount: 203 });
  const { user } = openView(<EvidenceView />, { platform });
  await user.click(byId("check-ledger"));
  const told = await screen.findByTestId("ledger-report");
  expect(told.textContent).toContain("203 places");
  expect(told.textContent).toContain("201 more places are not shown.");
});

test("the check tells how far it is and can be ended; what was found before stays", async () => {
  const { user } = openView(<EvidenceView />, { slow: 1_000 });
  await user.click(byId("check-ledger"));
  await waitFor(() =>
    expect(byId("export-progress").textContent).toMatch(/Checking the ledger.* of 48,211/),
  );
  await user.click(byId("check-ledger-cancel"));
  expect((await screen.findByTestId("problem")).textContent).toContain("ended before it was done");
  expect(screen.queryByTestId("export-progress")).toBeNull();
  expect(screen.queryByTestId("check-ledger-cancel")).toBeNull();
  expect(screen.queryByTestId("ledger-report")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(byId("check-ledger")));
});

test("a check that was left still runs: on the way back it shows how far it is, and can be ended", async () => {
  const { user } = openApp({ slow: 3_000 });
  await user.click(await screen.findByTestId("nav-evidence"));
  await user.click(byId("check-ledger"));
  await screen.findByTestId("export-progress");
  await user.click(byId("nav-settings"));
  expect(screen.queryByTestId("export-progress")).toBeNull();
  await user.click(byId("nav-evidence"));
  expect(byId("check-ledger").textContent).toBe("Checking…");
  expect(byId("export-progress").textContent).toContain("Checking the ledger");
  await user.click(byId("check-ledger-cancel"));
  expect((await screen.findByTestId("problem")).textContent).toContain("ended before it was done");
});

test("a check that ends while something else is open is told there, and its result is here", async () => {
  const platform = createFake({ damaged: true });
  let release: () => void = () => undefined;
  platform.fake.holds.checkLedger = new Promise<void>((done) => (release = done));
  const { user } = openView(<Away />, { platform });
  await user.click(byId("check-ledger"));
  await user.click(byId("away"));
  expect(screen.queryByTestId("check-ledger")).toBeNull();
  release();
  await waitFor(() => expect(said()).toBe("2 places of the ledger are damaged."));
  await user.click(byId("away"));
  expect(byId("ledger-report").getAttribute("data-damages")).toBe("2");
});

/** Evidence, and a way from it and back. */
function Away() {
  const [away, setAway] = useState(false);
  return (
    <>
      <button data-testid="away" onClick={() => setAway(!away)} />
      {away ? null : <EvidenceView />}
    </>
  );
}

test("the public key is saved, and it says where", async () => {
  const { user } = openView(<EvidenceView />);
  expect((await screen.findByTestId("device-key-fingerprint")).textContent).toContain("70b9 c76e");
  await user.click(byId("export-device-key"));
  expect((await screen.findByTestId("device-key-note")).textContent).toContain("Saved to /home/");
  expect(said()).toContain("Saved to /home/");
});

test("the key is replaced only after a second step, which says what stays", async () => {
  const { platform, user } = openView(<EvidenceView />);
  const rotate = vi.spyOn(platform, "rotateDeviceKey");
  await user.click(await screen.findByTestId("rotate-device-key"));
  const dialog = await screen.findByRole("alertdialog");
  expect(dialog.textContent).toContain("can still be checked");
  expect(document.activeElement).toBe(byId("cancel-rotate"));
  await user.click(byId("cancel-rotate"));
  expect(rotate).not.toHaveBeenCalled();
  expect(screen.queryByTestId("former-keys")).toBeNull();
  await user.click(byId("rotate-device-key"));
  await user.click(await screen.findByTestId("confirm-rotate"));
  expect((await screen.findByTestId("former-keys")).textContent).toContain("70b9 c76e");
  expect(byId("device-key-fingerprint").textContent).toContain("e325 7499");
  expect(said()).toBe("The key is replaced.");
  await waitFor(() => expect(document.activeElement).toBe(byId("rotate-device-key")));
});

test("a key that cannot be read says why and can be asked again; one that cannot be replaced stays", async () => {
  const platform = createFake();
  platform.fake.rejects.deviceKey = problem("keyring-locked", "");
  const { user } = openView(<EvidenceView />, { platform });
  expect((await screen.findByTestId("problem")).textContent).toContain("keyring");
  delete platform.fake.rejects.deviceKey;
  await user.click(byId("device-key-again"));
  await screen.findByTestId("device-key-fingerprint");
  platform.fake.rejects.rotateDeviceKey = problem("keyring-refused", "");
  await user.click(byId("rotate-device-key"));
  await user.click(await screen.findByTestId("confirm-rotate"));
  expect((await screen.findByTestId("problem")).textContent).toContain("refused");
  expect(byId("device-key-fingerprint").textContent).toContain("70b9 c76e");
});
