import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { KeyringState } from "../../api/types";
import { RECOVERY_KEY } from "../../platform/fake/samples";
import { openApp } from "../../test/open";

const first = (keyring: KeyringState = "available") =>
  openApp({ status: { stage: "first-start", keep: null, keyring } });

test("first start: keyring by default, the recovery key, then a new request on Practice", async () => {
  const { platform, user } = first();
  const start = vi.spyOn(platform, "startLedger");
  expect(await screen.findByTestId("keep-keyring")).toHaveProperty("checked", true);

  await user.click(screen.getByTestId("start-app"));
  expect((await screen.findByTestId("recovery-key")).textContent).toBe(RECOVERY_KEY);
  expect(start).toHaveBeenCalledWith("keyring", "");
  const title = screen.getByRole("heading", { level: 1, name: "Your recovery key" });
  expect(document.activeElement).toBe(title);

  await user.type(screen.getByTestId("recovery-confirm"), "gj0s");
  await user.click(screen.getByTestId("recovery-continue"));
  expect(await screen.findByTestId("practice-strip")).toBeTruthy();
  const arrived = screen.getByRole("heading", { level: 1, name: "New request" });
  await waitFor(() => expect(document.activeElement).toBe(arrived));
});

test("the recovery key is selected whole when it takes focus", async () => {
  const { user } = first();
  await user.click(await screen.findByTestId("start-app"));
  // Not by `focus()`: the stand-in for the keyboard moves the selection of its own accord.
  fireEvent.focus(await screen.findByTestId("recovery-key"));
  expect(getSelection()?.toString()).toBe(RECOVERY_KEY);
});

test("a wrong confirmation shows at the field and stays on the page", async () => {
  const { user } = first();
  await user.click(await screen.findByTestId("start-app"));
  await user.type(await screen.findByTestId("recovery-confirm"), "ABCD");
  await user.click(screen.getByTestId("recovery-continue"));

  const issue = await screen.findByTestId("issue-recovery-confirm");
  expect(issue.textContent).toContain("That is not the last group");
  expect(screen.getByTestId("recovery-key").textContent).toBe(RECOVERY_KEY);
  const field = screen.getByTestId("recovery-confirm");
  expect(field.getAttribute("aria-describedby")).toContain(issue.id);
  await waitFor(() => expect(document.activeElement).toBe(field));
});

test("the three troubles of a keyring have three different messages and leave the other ways open", async () => {
  const said = new Set<string>();
  for (const keyring of ["locked", "no-service", "no-answer"] as const) {
    const { unmount } = first(keyring);
    said.add((await screen.findByTestId("keyring-message")).textContent);
    expect(screen.getByTestId("keep-keyring")).toHaveProperty("disabled", true);
    expect(screen.getByTestId("keep-vault")).toHaveProperty("disabled", false);
    expect(screen.getByTestId("keep-session")).toHaveProperty("disabled", false);
    unmount();
  }
  expect(said.size).toBe(3);
  expect([...said].join(" ")).toContain("GNOME Keyring, KWallet or KeePassXC");
});

test("an unlocked keyring can be used after trying again", async () => {
  const { platform, user } = first("locked");
  platform.retryKeyring = async () => ({
    ...(await platform.appStatus()),
    keyring: "available" as const,
  });
  await user.click(await screen.findByTestId("retry-keyring"));
  await waitFor(() => expect(screen.getByTestId("keep-keyring")).toHaveProperty("checked", true));
  expect(screen.queryByTestId("keyring-message")).toBeNull();
});

test("a passphrase must be long enough and the same twice", async () => {
  const { platform, user } = first("no-service");
  const start = vi.spyOn(platform, "startLedger");
  await user.click(await screen.findByTestId("start-app"));
  expect((await screen.findByTestId("issue-keep")).textContent).toContain("Choose where");

  await user.click(screen.getByTestId("keep-vault"));
  await user.type(screen.getByTestId("passphrase"), "short");
  await user.click(screen.getByTestId("start-app"));
  expect((await screen.findByTestId("issue-passphrase")).textContent).toContain("7 more to go");

  await user.type(screen.getByTestId("passphrase"), " but longer now");
  await user.type(screen.getByTestId("passphrase-again"), "another one");
  await user.click(screen.getByTestId("start-app"));
  expect((await screen.findByTestId("issue-passphrase-again")).textContent).toContain("differ");
  expect(start).not.toHaveBeenCalled();

  await user.clear(screen.getByTestId("passphrase-again"));
  await user.type(screen.getByTestId("passphrase-again"), "short but longer now");
  await user.click(screen.getByTestId("start-app"));
  expect(await screen.findByTestId("recovery-key")).toBeTruthy();
  expect(start).toHaveBeenCalledWith("vault", "short but longer now");
});
