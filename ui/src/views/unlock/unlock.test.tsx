import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { LockReason, Status } from "../../api/types";
import { RECOVERY_KEY } from "../../platform/fake/samples";
import { openApp } from "../../test/open";
import { LOCKS } from "./locks";

const locked = (lock: LockReason, status: Partial<Status> = {}) =>
  openApp({ status: { stage: "locked", lock, ...status } });

test("a wrong passphrase shows at its field; the right one opens the shell", async () => {
  const { user } = locked("passphrase", { keep: "vault" });
  await user.type(await screen.findByTestId("passphrase"), "wrong");
  await user.click(screen.getByTestId("unlock"));
  expect((await screen.findByTestId("issue-passphrase")).textContent).toContain(
    "not the passphrase",
  );

  await user.clear(screen.getByTestId("passphrase"));
  await user.type(screen.getByTestId("passphrase"), "the right passphrase{Enter}");
  const title = await screen.findByRole("heading", { level: 1, name: "New request" });
  await waitFor(() => expect(document.activeElement).toBe(title));
});

test("every reason has its own words, and only those of the keyring lead to the recovery key", async () => {
  const said = new Set<string>();
  for (const lock of Object.keys(LOCKS) as LockReason[]) {
    const { unmount } = locked(lock);
    said.add((await screen.findByTestId("lock-message")).textContent);
    const ledger = lock.startsWith("ledger");
    expect(screen.queryByTestId("start-app")).toBeNull();
    expect(Boolean(/recovery key/i.test(document.body.textContent)), lock).toBe(!ledger);
    expect(Boolean(screen.queryByTestId("retry-keyring")), lock).toBe(
      ledger || /locked|no-/.test(lock),
    );
    unmount();
  }
  expect(said.size).toBe(9);
});

test("a retry that ends in another reason says that one and moves there", async () => {
  const { platform, user } = locked("keyring-no-answer");
  platform.retryKeyring = async () => ({
    ...(await platform.appStatus()),
    lock: "keyring-entry-missing" as const,
  });
  await user.click(await screen.findByTestId("retry-keyring"));
  const input = await screen.findByTestId("recovery-input");
  expect(input).toBeTruthy();
  expect(screen.getByTestId("lock-message").textContent).toContain("no longer in the keyring");
});

test("the recovery key opens the ledger and the keys rest where the officer says", async () => {
  const { platform, user } = locked("keyring-locked", { keyring: "locked" });
  const recover = vi.spyOn(platform, "recover");
  await user.click(await screen.findByTestId("use-recovery-key"));
  await user.click(await screen.findByTestId("keep-session"));
  await user.type(screen.getByTestId("recovery-input"), "not the key");
  await user.click(screen.getByTestId("recover"));
  expect(await screen.findByTestId("issue-recovery-input")).toBeTruthy();

  await user.clear(screen.getByTestId("recovery-input"));
  await user.type(screen.getByTestId("recovery-input"), RECOVERY_KEY);
  await user.click(screen.getByTestId("recover"));
  expect(await screen.findByTestId("nav-requests")).toBeTruthy();
  expect(recover).toHaveBeenLastCalledWith(RECOVERY_KEY, "session", "");
});
