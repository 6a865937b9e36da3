import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { createFake } from "../../platform/fake";
import { problem } from "../../platform/fake/requests";
import { openApp, openView } from "../../test/open";
import { EvidenceView } from "./EvidenceView";

const byId = (id: string) => screen.getByTestId(id);
const state = () => byId("timestamp-state");

async function openStamps(platform = createFake()) {
  const opened = openView(<EvidenceView />, { platform, start: { view: "evidence" } });
  await screen.findByTestId("timestamp-state");
  return { ...opened, save: vi.spyOn(platform, "saveStamping") };
}

test("nobody is asked at first, and it says what would leave the computer", async () => {
  const { save } = await openStamps();
  expect(state().getAttribute("data-on")).toBe("false");
  expect(state().textContent).toContain("Off. Nothing is sent.");
  expect(state().textContent).toContain("only a hash of the ledger's head");
  expect(state().textContent).toContain("at each export");
  expect(screen.queryByTestId("timestamp-off")).toBeNull();
  expect(save).not.toHaveBeenCalled();
});

test("turned on it says to whom, stays so, and can be turned off", async () => {
  const { user, platform } = openApp();
  const save = vi.spyOn(platform, "saveStamping");
  await user.click(await screen.findByTestId("nav-evidence"));
  await user.type(await screen.findByTestId("timestampUrl"), " https://tsa.example.org/tsr{Enter}");
  await screen.findByTestId("timestamp-off");
  expect(save.mock.calls).toEqual([["https://tsa.example.org/tsr"]]);
  expect(state().textContent).toContain("is sent to https://tsa.example.org/tsr.");
  expect(state().textContent).toContain("no receipt, no name, no contact");
  await user.click(byId("nav-requests"));
  await user.click(byId("nav-evidence"));
  expect(byId("timestampUrl")).toHaveProperty("value", "https://tsa.example.org/tsr");
  byId("timestamp-off").focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(state().getAttribute("data-on")).toBe("false"));
  expect(save).toHaveBeenLastCalledWith("");
  expect(screen.queryByTestId("timestamp-off")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(byId("timestampUrl")));
  expect(byId("timestampUrl")).toHaveProperty("value", "https://tsa.example.org/tsr");
});

test("an address that is no good is said in the summary and at the field, and stays as typed", async () => {
  const { user, save } = await openStamps();
  await user.type(byId("timestampUrl"), "ftp://tsa.example.org");
  await user.click(byId("timestamp-save"));
  const summary = await screen.findByTestId("error-summary");
  expect(summary.textContent).toContain("starts with https:// or http://");
  expect(document.activeElement).toBe(summary);
  expect(byId("issue-timestampUrl").textContent).toContain("starts with https://");
  expect(byId("timestampUrl").getAttribute("aria-invalid")).toBe("true");
  expect(byId("timestampUrl")).toHaveProperty("value", "ftp://tsa.example.org");
  expect(screen.queryByTestId("problem")).toBeNull();
  expect(state().getAttribute("data-on")).toBe("false");
  await user.click(summary.querySelector("a") as HTMLElement);
  expect(document.activeElement).toBe(byId("timestampUrl"));
  await user.type(byId("timestampUrl"), "/tsr");
  expect(screen.queryByTestId("error-summary")).toBeNull();
  expect(save).toHaveBeenCalledTimes(1);
});

test("blank is not sent; pressed again, the summary takes the focus again", async () => {
  const { user, save } = await openStamps();
  await user.type(byId("timestampUrl"), "  ");
  for (let times = 0; times < 2; times++) {
    await user.click(byId("timestamp-save"));
    expect(byId("issue-timestampUrl").textContent).toContain("Give the address");
    expect(document.activeElement).toBe(byId("error-summary"));
  }
  expect(save).not.toHaveBeenCalled();
});

test("an authority that is asked stays asked while another is refused", async () => {
  const platform = createFake();
  await platform.saveStamping("https://one.example.org");
  const { user } = await openStamps(platform);
  await user.clear(byId("timestampUrl"));
  await user.type(byId("timestampUrl"), "two");
  await user.click(byId("timestamp-save"));
  await screen.findByTestId("issue-timestampUrl");
  expect(state().textContent).toContain("https://one.example.org");
  expect(await platform.stamping()).toEqual({ url: "https://one.example.org" });
});

test("a failure is told and keeps what was typed; what cannot be read can be asked again", async () => {
  const platform = createFake();
  platform.fake.rejects.stamping = problem("ledger", "disk");
  const { user } = openView(<EvidenceView />, { platform });
  await user.click(await screen.findByTestId("timestamp-again"));
  delete platform.fake.rejects.stamping;
  await user.click(await screen.findByTestId("timestamp-again"));
  await user.type(await screen.findByTestId("timestampUrl"), "https://tsa.example.org");
  platform.fake.rejects.saveStamping = problem("ledger", "No space left.");
  await user.click(byId("timestamp-save"));
  expect((await screen.findByTestId("problem")).textContent).toContain("No space left.");
  expect(screen.queryByTestId("error-summary")).toBeNull();
  expect(byId("timestampUrl")).toHaveProperty("value", "https://tsa.example.org");
});
