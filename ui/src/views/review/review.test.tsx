import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../../platform/fake/requests";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function openReview(rows = 45, answer: "accepted" | "field-errors" = "accepted") {
  const opened = openApp({ rows, filled: true, answer });
  await screen.findByTestId("contact-table");
  await opened.user.click(byId("review-button"));
  await screen.findByTestId("review-people");
  return opened;
}

test("any request can be paged to, and it is said which one is shown", async () => {
  const { user } = await openReview();
  expect(byId("review-which").textContent).toContain("request 1 of 3");
  expect(screen.getByText(/3 requests of up to 20 people, 60 a minute/)).toBeTruthy();
  const first = byId("review-body").textContent;
  expect(byId("review-previous").getAttribute("aria-disabled")).toBe("true");
  await user.click(byId("review-next"));
  await waitFor(() => expect(byId("review-which").textContent).toContain("request 2 of 3"));
  expect(byId("review-body").textContent).not.toBe(first);
  expect(await screen.findByText("Request 2 of 3: 20 people")).toBeTruthy();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(byId("review-which").textContent).toContain("request 3 of 3"));
  expect(byId("review-next").getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(byId("review-next"));
});

test("the request of a contact is found, or it is said that there is none", async () => {
  const { user } = await openReview();
  await user.type(byId("review-find"), "person.30@{Enter}");
  await waitFor(() => expect(byId("review-which").textContent).toContain("request 2 of 3"));
  await user.clear(byId("review-find"));
  await user.type(byId("review-find"), "nobody@{Enter}");
  expect((await screen.findByTestId("issue-review-find")).textContent).toContain("nobody@");
  await user.type(byId("review-find"), "x");
  expect(screen.queryByTestId("issue-review-find")).toBeNull();
});

test("a single request has nothing to page through", async () => {
  await openReview(5);
  expect(screen.queryByTestId("review-next")).toBeNull();
  expect(screen.queryByTestId("review-find")).toBeNull();
});

test("a dry run says what was made, and how connection and clock are", async () => {
  const { user, platform } = await openReview();
  await user.click(byId("dry-run"));
  const ran = await screen.findByTestId("dry-run-result");
  expect(ran.textContent).toContain("Nothing was sent.");
  expect(ran.textContent).toContain("3 requests were made and checked, for");
  expect(within(ran).getByTestId("connection-test-result").textContent).toContain("clock agrees");
  expect((await platform.requests({ search: "", offset: 0, limit: 5 })).total).toBe(0);
});

test("a dry run without a network says why the connection was not reached", async () => {
  const { user, platform } = await openReview();
  platform.dryRun = async () => ({
    requests: 3,
    people: 40,
    bytes: 3_000,
    largest: 1_000,
    connection: null,
    unreached: "no route to host",
  });
  await user.click(byId("dry-run"));
  expect((await screen.findByTestId("dry-run-unreached")).textContent).toContain("no route");
});

test("the shown request is sent to the officer's own contact, which is filled in", async () => {
  const { user, platform } = await openReview();
  await platform.saveOfficer({ name: "", organisation: "", contact: "ana@example.com" });
  const send = vi.spyOn(platform, "testSend");
  await user.click(byId("review-next"));
  await user.click(byId("test-send"));
  const contact = await screen.findByTestId("test-contact");
  expect(contact).toHaveProperty("value", "ana@example.com");
  await waitFor(() => expect(document.activeElement).toBe(contact));
  await user.clear(contact);
  await user.click(byId("test-send-now"));
  expect(byId("issue-test-contact").textContent).toContain("Give your");
  await user.type(contact, "ana");
  await user.click(byId("test-send-now"));
  expect((await screen.findByTestId("issue-test-contact")).textContent).toContain("email address");
  expect(document.activeElement).toBe(contact);
  await user.type(contact, "@example.com{Enter}");
  const outcome = await screen.findByTestId("test-send-outcome");
  expect(outcome.textContent).toContain("Look for it at ana@example.com");
  expect(send.mock.calls.at(-1)?.slice(1)).toEqual([2, "ana@example.com"]);
  await user.click(byId("test-send-open"));
  expect(location.hash).toMatch(/^#\/requests\/.+/);
});

test("above a thousand people the number has to be typed", async () => {
  const { user, platform } = await openReview(1_300);
  const send = vi.spyOn(platform, "send");
  const said = /([\d,]+) people are asked/.exec(byId("review-people").textContent ?? "")?.[1] ?? "";
  await user.click(byId("send-button"));
  await user.click(await screen.findByTestId("confirm-send"));
  const number = await screen.findByTestId("confirm-people");
  await waitFor(() => expect(document.activeElement).toBe(number));
  await user.type(number, "130{Enter}");
  expect(byId("issue-confirm-people").textContent).toContain(said);
  expect(send).not.toHaveBeenCalled();
  await user.clear(number);
  await user.type(number, said);
  await user.click(byId("confirm-people-send"));
  expect((await screen.findByTestId("batch-title")).textContent).toContain("requests");
  expect(send).toHaveBeenCalledTimes(1);
});

test("while the requests are written down it says how far, and can be ended", async () => {
  const { user, platform } = await openReview();
  let end: (thrown: unknown) => void = () => undefined;
  platform.send = () => new Promise((_, reject) => (end = reject));
  const cancel = vi.spyOn(platform, "cancelPlanning");
  await user.click(byId("send-button"));
  await user.click(await screen.findByTestId("confirm-send"));
  const box = await screen.findByTestId("plan-progress");
  act(() => platform.fake.emitPlanProgress({ done: 2, all: 3 }));
  expect(box.textContent).toContain("2 of 3");
  expect(within(box).getByRole("progressbar").getAttribute("aria-valuenow")).toBe("2");
  await user.click(byId("cancel-planning"));
  expect(cancel).toHaveBeenCalledTimes(1);
  act(() => end(problem("cancelled", "")));
  expect((await screen.findByTestId("problem")).textContent).toContain("Nothing was changed");
  await waitFor(() => expect(document.activeElement).toBe(byId("send-button")));
});

test("a batch begins and is followed under Sending; the form is empty again", async () => {
  const { user, platform } = await openReview();
  await user.click(byId("send-button"));
  expect((await screen.findByRole("alertdialog")).textContent).toContain("3 requests");
  await user.click(byId("confirm-send"));
  expect((await screen.findByTestId("batch-title")).textContent).toBe(
    "Client onboarding, 3 requests",
  );
  const [batch] = await platform.batches();
  expect(location.hash).toBe(`#/sending/${batch?.id}`);
  await user.click(byId("nav-new-request"));
  await waitFor(() => expect(byId("name")).toHaveProperty("value", ""));
});
