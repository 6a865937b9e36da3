import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { FailureView, RequestDetail as Detail } from "../../api/types";
import { createFake, type FakePlatform } from "../../platform/fake";
import { endingOf, eventsOf, failureOf } from "../../platform/fake/answers";
import { openApp, openView } from "../../test/open";
import { eventWords } from "./events";
import { FAILURES } from "./failures";
import { RequestDetail } from "./RequestDetail";
import { i18n } from "@lingui/core";

async function failed(kind: FailureView["kind"], change: Partial<Detail> = {}) {
  const platform: FakePlatform = createFake({ sent: 1 });
  const [row] = (await platform.requests({ search: "", offset: 0, limit: 1 })).rows;
  const sent = await platform.request(row?.id ?? "");
  const detail: Detail = {
    ...sent,
    state: endingOf(kind).state,
    failure: failureOf(kind),
    events: eventsOf(kind, sent.createdAtMs),
    subjects: [],
    ...change,
  };
  platform.request = async () => detail;
  return { id: detail.id, platform };
}

test("each kind of failure has its own words and shows what was said", async () => {
  const titles = new Set<string>();
  for (const kind of Object.keys(FAILURES) as FailureView["kind"][]) {
    const { id, platform } = await failed(kind);
    const { unmount } = openView(<RequestDetail id={id} />, { platform });
    const block = await screen.findByTestId("failure");
    titles.add(block.querySelector("p")?.textContent ?? "");
    expect(screen.getByTestId("failure-said").textContent).toContain(endingOf(kind).said[0]);
    expect(Boolean(screen.queryByTestId("retry-button")), kind).toBe(FAILURES[kind].retry);
    expect(screen.queryByTestId("new-request-button")).toBeNull();
    unmount();
  }
  expect(titles.size).toBe(10);
});

test("what may have arrived is never offered to be changed and sent anew", async () => {
  for (const kind of ["unknown", "malformed", "server"] as const) {
    const { id, platform } = await failed(kind);
    const { unmount } = openView(<RequestDetail id={id} />, { platform });
    expect((await screen.findByTestId("failure")).textContent).toContain("nobody is asked twice");
    expect(screen.queryByTestId("edit-again")).toBeNull();
    unmount();
  }
});

test("only what certainly asked nobody says so", async () => {
  for (const kind of Object.keys(FAILURES) as FailureView["kind"][]) {
    const { id, platform } = await failed(kind);
    const { unmount } = openView(<RequestDetail id={id} />, { platform });
    const certain = !["unknown", "malformed", "server", "conflict"].includes(kind);
    const said = (await screen.findByTestId("outcome-state")).textContent;
    expect(/nobody was asked/i.test(said), kind).toBe(certain);
    unmount();
  }
});

test("a retry shows the new outcome in place of the failure", async () => {
  const { id, platform } = await failed("unknown");
  const retry = vi.spyOn(platform, "retry");
  const { user } = openView(<RequestDetail id={id} />, { platform });
  await user.click(await screen.findByTestId("retry-button"));
  await waitFor(() => expect(screen.queryByTestId("failure")).toBeNull());
  expect(retry).toHaveBeenCalledWith(id);
  expect(screen.getByTestId("outcome-state").textContent).toContain("Accepted");
  expect(document.activeElement?.tagName).toBe("H2");
});

test("a retry that the shell refuses leaves the failure and says why", async () => {
  const { id, platform } = await failed("network");
  platform.fake.rejects.retry = { code: "secrets-missing", message: "", field: null };
  const { user } = openView(<RequestDetail id={id} />, { platform });
  await user.click(await screen.findByTestId("retry-button"));
  expect((await screen.findByTestId("problem")).textContent).toContain("keys of this connection");
  expect(screen.getByTestId("failure")).toBeTruthy();
});

test("a field error leads to the form", async () => {
  const { user } = openApp({ sent: 2 });
  await user.click(await screen.findByTestId("nav-requests"));
  await user.click(await screen.findByRole("button", { name: /Client onboarding 2/ }));
  expect((await screen.findByTestId("fix-field-redirectUrl")).textContent).toContain(
    "the return address",
  );
  await user.click(screen.getByTestId("fix-field-credentials.0.name"));
  expect(await screen.findByRole("heading", { level: 1, name: "New request" })).toBeTruthy();
});

test("events are told in plain words, unknown ones as they are", () => {
  const live = { subjects: [], practice: false };
  const say = (kind: string, text: string) =>
    i18n._(eventWords({ atMs: 0, kind, text }, live).title);
  expect(say("attempt-started", '{"attempt":2}')).toBe(
    "Sent again, attempt 2: same bytes, same key",
  );
  expect(say("reply-received", '{"status":201}')).toBe("Humanos replied 201");
  expect(say("put-back", "{}")).toBe("Put back by you, to be sent again");
  expect(say("allowed-again", "{}")).toBe("You let it be sent again under its old key");
  expect(say("replaced", '{"request":"r2"}')).toBe("A corrected request was made in its place");
  expect(say("replaces", '{"request":"r1"}')).toBe("Made in place of a refused request");
  expect(say("seal-broken", "{}")).toBe("seal-broken");
  expect(eventWords({ atMs: 0, kind: "no-reply", text: '{"reason":"reset"}' }, live).note).toBe(
    "reset",
  );
  expect(eventWords({ atMs: 0, kind: "planned", text: "not json" }, live).note).toBe("not json");
});

test("a request written down but never sent can be sent from here", async () => {
  const { id, platform } = await failed("network", { state: "planned", failure: null });
  const { user } = openView(<RequestDetail id={id} />, { platform });
  const send = await screen.findByTestId("retry-button");
  expect(send.textContent).toBe("Send now (2 people)");
  await user.click(send);
  await waitFor(() => expect(screen.queryByTestId("retry-button")).toBeNull());
});
