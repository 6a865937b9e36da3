import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { createFake } from "../../platform/fake";
import { problem } from "../../platform/fake/requests";
import { openApp, openView } from "../../test/open";
import { AnswersView } from "./AnswersView";

const byId = (id: string) => screen.getByTestId(id);
const SECRETS = {
  signatureSecret: "s".repeat(8),
  encryptionSecret: "e".repeat(8),
  encryptionSalt: "t".repeat(8),
};

async function outcome(expected: string) {
  await waitFor(() => expect(byId("open-outcome").getAttribute("data-outcome")).toBe(expected));
  return byId("open-outcome").textContent;
}

async function withSecrets() {
  const platform = createFake({ live: true });
  await platform.saveWebhook("live", SECRETS);
  return openView(<AnswersView />, { platform });
}

type User = ReturnType<typeof openView>["user"];

/** Typed braces mean keys; pasted ones do not. */
async function paste(user: User, text: string, headers = "") {
  await user.click(byId("payload"));
  await user.paste(text);
  if (headers) {
    await user.click(byId("payloadHeaders"));
    await user.paste(headers);
  }
  await user.click(byId("open-payload"));
}

test("a pasted answer is opened, shown, said, and leads to its request", async () => {
  const { user } = openApp({ sent: 1 });
  await user.click(await screen.findByTestId("nav-answers"));
  await paste(user, '{"mine":1,"say":"identity"}');
  expect(await outcome("opened")).toContain("Opened and written to the ledger");
  expect(byId("answer-payload-1").textContent).toContain("passed the identity check");
  expect(document.querySelector("[role=status][aria-live]")?.textContent).toContain(
    "passed the identity check",
  );
  expect(byId("loose-answers").textContent).toContain("None.");
  await user.click(byId("answer-payload-1-request"));
  expect(
    await screen.findByRole("heading", { level: 2, name: "Client onboarding 1" }),
  ).toBeTruthy();
});

test("nothing typed is said at the field", async () => {
  const { user, platform } = openView(<AnswersView />);
  const open = vi.spyOn(platform, "openPayload");
  await user.click(await screen.findByTestId("open-payload"));
  expect(byId("issue-payload").textContent).toContain("Paste an answer");
  expect(document.activeElement).toBe(byId("payload"));
  expect(open).not.toHaveBeenCalled();
});

test("the same again is known, and stands on the screen once", async () => {
  const { user } = openView(<AnswersView />);
  await paste(user, '{"say":"test"}');
  await outcome("opened");
  await user.click(byId("open-payload"));
  expect(await outcome("known")).toContain("was here before");
  expect(screen.getAllByTestId("answer-payload-1")).toHaveLength(1);
  await user.type(byId("payload"), " ");
  expect(screen.queryByTestId("open-outcome")).toBeNull();
  expect(byId("loose-answers").textContent).toContain("A test message");
});

test("what no profile opens is kept, says how far each came, and opens once one fits", async () => {
  const { user, platform } = openView(<AnswersView />, { sent: 1 });
  await paste(user, '{"for":"another","later":1}');
  expect(await outcome("kept")).toContain("No key and profile here fit");
  expect(byId("traces").textContent).toContain("best-guess");
  expect((await screen.findByTestId("answer-payload-1")).textContent).toContain(
    "Kept as it came; could not be opened",
  );
  await platform.saveProfiles('{"profiles":[{"name":"mine"}]}');
  await user.clear(byId("payload"));
  await user.click(byId("answer-payload-1-retry"));
  // It found its request and is gone from the list, so it is shown where it was opened.
  await waitFor(() => expect(byId("loose-answers").textContent).toContain("accepted Terms 2026"));
  expect(screen.getAllByTestId("answer-payload-1")).toHaveLength(1);
  expect(byId("answer-payload-1-request")).toBeTruthy();
});

test("what was sent long ago is opened only on a second, deliberate press", async () => {
  const { user, platform } = await withSecrets();
  const open = vi.spyOn(platform, "openPayload");
  await paste(user, '{"signed":"old"}', "x-signature: ab\nx-timestamp: 1");
  const said = await outcome("too-old");
  expect(said).toContain("signed 26 hours ago");
  expect(said).toContain("sent it again");
  expect(byId("loose-answers").textContent).toContain("None.");
  await user.click(byId("open-anyway"));
  await outcome("opened");
  expect(open.mock.calls.map(([, , anyAge]) => anyAge)).toEqual([false, true]);
  expect(open.mock.calls[1]?.[1]).toBe("x-signature: ab\nx-timestamp: 1");
  await waitFor(() => expect(document.activeElement).toBe(byId("open-outcome")));
});

test("a wrong signature opens and keeps nothing, and what was typed stays", async () => {
  const { user } = await withSecrets();
  await paste(user, '{"signed":"wrong"}', "x-signature: ab");
  expect(await outcome("bad-signature")).toContain("not opened and not kept");
  expect(byId("payload")).toHaveProperty("value", '{"signed":"wrong"}');
  expect(byId("payloadHeaders")).toHaveProperty("value", "x-signature: ab");
});

test("a webhook without secrets leads to Settings, and nothing typed is lost on the way", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("nav-answers"));
  await paste(user, '{"signed":"right"}', "x-signature: ab");
  await outcome("no-secrets");
  await user.click(byId("open-settings"));
  await screen.findByTestId("connections");
  await user.click(byId("nav-answers"));
  expect(byId("payload")).toHaveProperty("value", '{"signed":"right"}');
  expect(byId("payloadHeaders")).toHaveProperty("value", "x-signature: ab");
});

test("what is no payload, and a shell that fails, say so and keep what was typed", async () => {
  const { user, platform } = openView(<AnswersView />);
  await paste(user, "hello");
  expect(await outcome("not-a-payload")).toContain("This is no encrypted answer");
  platform.fake.rejects.openPayload = problem("ledger", "disk full");
  await user.click(byId("open-payload"));
  expect((await screen.findByTestId("problem")).textContent).toContain("disk full");
  expect(byId("payload")).toHaveProperty("value", "hello");
});

test("a chosen file is opened at once; a closed dialog changes nothing", async () => {
  const { user, platform } = openView(<AnswersView />);
  vi.spyOn(platform, "choosePayload").mockResolvedValueOnce(null);
  await user.click(await screen.findByTestId("payload-choose"));
  expect(byId("payload")).toHaveProperty("value", "");
  await user.click(byId("payload-choose"));
  await outcome("opened");
  expect(byId("payload")).toHaveProperty("value", '{"say":"identity"}');
});

test("files dropped here are opened, and elsewhere go to the list again", async () => {
  const platform = createFake();
  const places = vi.spyOn(platform, "dropsGoTo");
  const { unmount } = openView(<AnswersView />, { platform, start: { view: "answers" } });
  expect(places.mock.calls).toEqual([["answers"]]);
  act(() => platform.fake.emitDrag(true));
  expect(byId("drop-overlay").textContent).toContain("Drop to open the answer");
  act(() => platform.fake.emitPayload({ fileName: "a.json", text: '{"say":"test"}' }));
  expect(screen.queryByTestId("drop-overlay")).toBeNull();
  await outcome("opened");
  expect(byId("payload")).toHaveProperty("value", '{"say":"test"}');

  act(() => platform.fake.emitPayloadProblem(problem("file-unreadable", "It is a picture.")));
  expect((await screen.findByTestId("problem")).textContent).toContain("It is a picture.");
  unmount();
  expect(places.mock.calls).toEqual([["answers"], ["list"]]);
});
