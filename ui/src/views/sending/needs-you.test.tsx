import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../../platform/fake/requests";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function openFailed(steps = 12) {
  const opened = openApp({ batch: 60 });
  await opened.user.click(await screen.findByTestId("nav-sending"));
  await screen.findByTestId("batch-title");
  act(() => opened.platform.fake.step(steps));
  await screen.findByTestId("needs-you");
  const [view] = await opened.platform.batches();
  return { ...opened, id: view?.id ?? "" };
}

async function group(state: string) {
  const groups = await screen.findAllByTestId("failure-group");
  const found = groups.find((one) => one.dataset.state === state);
  if (!found) throw new Error(`no group ${state}`);
  return within(found);
}

test("what Humanos said stands once, with how many it is about", async () => {
  await openFailed();
  await waitFor(() => expect(screen.getAllByTestId("failure-group")).toHaveLength(2));
  const refused = await group("refused");
  await waitFor(() => expect(refused.getByText(/the first is #17/)).toBeTruthy());
  expect(refused.getByTestId("failure-said").textContent).toContain("valid phone number");
  expect(refused.getByText("400")).toBeTruthy();
});

test("nothing needs the officer: it is not shown", async () => {
  const { user } = openApp({ batch: 3 });
  await user.click(await screen.findByTestId("nav-sending"));
  await screen.findByTestId("batch-title");
  expect(screen.queryByTestId("needs-you")).toBeNull();
});

test("a wrong contact is put right; errors stand at the field, only its request goes again", async () => {
  const { user, platform } = await openFailed(6);
  const mend = vi.spyOn(platform, "mendContact");
  await user.click((await group("refused")).getByTestId("fix-contact"));
  const dialog = await screen.findByTestId("mend-dialog");
  expect(dialog.textContent).toContain("request #17");
  expect(byId("mend-contact")).toHaveProperty("value", "person.324@example.com");
  await waitFor(() => expect(within(dialog).getAllByRole("option")).toHaveLength(21));
  const right = byId("mend-replacement");
  await waitFor(() => expect(document.activeElement).toBe(right));

  await user.click(byId("mend-save"));
  expect(byId("issue-mend-replacement").textContent).toContain("Give the right");
  expect(mend).not.toHaveBeenCalled();
  await user.type(right, "nobody");
  await user.click(byId("mend-save"));
  expect((await screen.findByTestId("issue-mend-replacement")).textContent).toContain("neither");
  expect(document.activeElement).toBe(right);

  await user.clear(right);
  await user.type(right, "maria@example.com{Enter}");
  await waitFor(() => expect(screen.queryByTestId("mend-dialog")).toBeNull());
  expect(mend.mock.calls.at(-1)?.slice(1)).toEqual(["person.324@example.com", "maria@example.com"]);
  expect(await screen.findByText("It goes as request #61, to maria@example.com.")).toBeTruthy();
  await waitFor(() => expect(byId("state-refused").textContent).toBe("Refused 0"));
  // Never to nowhere, though what was pressed is gone.
  await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  expect(byId("state-cancelled").textContent).toBe("Cancelled 1");
  expect(byId("batch-title").textContent).toContain("60 requests");
});

test("a contact that the request does not ask is refused at the old one", async () => {
  const { user, platform } = await openFailed(6);
  // Its people cannot be read, so the contact is typed.
  platform.fake.rejects.request = problem("ledger", "disk");
  await user.click((await group("refused")).getByTestId("fix-contact"));
  await waitFor(() => expect(byId("mend-contact").tagName).toBe("INPUT"));
  await user.clear(byId("mend-contact"));
  await user.type(byId("mend-contact"), "other@example.com");
  await user.type(byId("mend-replacement"), "maria@example.com");
  await user.click(byId("mend-save"));
  expect((await screen.findByTestId("issue-mend-contact")).textContent).toContain("Nobody");
});

test("the refused of one kind are put back together", async () => {
  const { user, platform, id } = await openFailed();
  const resend = vi.spyOn(platform, "resendRefused");
  const refused = await group("refused");
  await user.click(await refused.findByText("Send these again"));
  await waitFor(() => expect(resend).toHaveBeenCalledWith(id, null));
  expect(await screen.findByText("2 requests are put back to be sent.")).toBeTruthy();
});

test("of several kinds of refusal the officer chooses in the table", async () => {
  const { user, platform } = await openFailed();
  const groups = await platform.batchFailures((await platform.batches())[0]?.id ?? "");
  const other = { ...groups[0], kind: "payment", status: 402, said: "Plan limit reached" };
  platform.batchFailures = async () => [...groups, other] as typeof groups;
  act(() => platform.fake.step());
  await waitFor(() => expect(screen.getAllByTestId("failure-group")).toHaveLength(3));
  await user.click(screen.getAllByTestId("choose-these")[0] as HTMLElement);
  expect(byId("state-refused").getAttribute("aria-pressed")).toBe("true");
  await waitFor(() =>
    expect(document.activeElement).toBe(
      screen.getByRole("heading", { level: 2, name: "Requests" }),
    ),
  );
});

test("what may have arrived is sent again only after a warning", async () => {
  const { user, platform, id } = await openFailed();
  const resend = vi.spyOn(platform, "resendUnknown");
  const unknown = await group("unknown");
  expect(unknown.getByText(/It is not sent twice/)).toBeTruthy();
  await user.click(unknown.getByTestId("resend-unknown"));
  const dialog = await screen.findByRole("alertdialog");
  expect(dialog.textContent).toContain("20 people may be asked twice.");
  expect(document.activeElement).toBe(byId("cancel-resend-unknown"));
  await user.click(byId("confirm-resend-unknown"));
  await waitFor(() => expect(resend).toHaveBeenCalledTimes(1));
  expect(resend.mock.calls[0]?.[0]).toBe(id);
  expect(resend.mock.calls[0]?.[1]).toHaveLength(1);
});

test("a batch paused for its keys leads to the settings", async () => {
  const { user, platform, id } = await openFailed();
  const groups = await platform.batchFailures(id);
  platform.batchFailures = async () =>
    groups.slice(0, 1).map((one) => ({ ...one, kind: "unauthorized" as const, status: 401 }));
  act(() => platform.fake.step());
  act(() => platform.fake.changeBatch(id, { state: "paused", why: "The keys were refused." }));
  await user.click(await screen.findByTestId("why-settings"));
  expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeTruthy();
});

test("a request of a batch leads back to it, and is mended there", async () => {
  const { user } = await openFailed();
  await user.click((await group("refused")).getByTestId("open-first"));
  expect((await screen.findByTestId("part-of")).textContent).toBe("Part of Client onboarding");
  expect(screen.queryByTestId("edit-again")).toBeNull();
  await user.click(byId("failure-batch"));
  expect(await screen.findByTestId("batch-title")).toBeTruthy();
});
