import { i18n } from "@lingui/core";
import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { createFake, type FakeOptions } from "../../platform/fake";
import { answerView, sampleStatus } from "../../platform/fake/payload-samples";
import { problem } from "../../platform/fake/requests";
import { openApp, openView } from "../../test/open";
import { eventWords } from "./events";
import { RequestDetail } from "./RequestDetail";
import { standingWords } from "./standings";

async function openSent(options: FakeOptions = {}) {
  const platform = createFake({ sent: 1, ...options });
  const [row] = (await platform.requests({ search: "", offset: 0, limit: 1 })).rows;
  const id = row?.id ?? "";
  const opened = openView(<RequestDetail id={id} />, { platform });
  await screen.findByTestId("outcome");
  return { ...opened, platform, id };
}

const live = { subjects: [], practice: false };
const told = (kind: string, noted: object) => {
  const { title, said, pairs } = eventWords({ atMs: 0, kind, text: JSON.stringify(noted) }, live);
  return { title: i18n._(title), said: said.map((one) => i18n._(one)), pairs };
};

test("a return is told with what it brought, in order and with equal names", () => {
  const { title, said, pairs } = told("returned", {
    cut: true,
    query: [
      ["a", "1"],
      ["a", "2"],
      ["__proto__", "3"],
    ],
    repeated: true,
    way: "loopback",
    late: true,
  });
  expect(title).toBe("The person came back to this app");
  expect(said.join(" ")).toMatch(
    /page of this computer.*first time.*Late.*proves nothing.*More came/,
  );
  expect(pairs).toEqual([
    ["a", "1"],
    ["a", "2"],
    ["__proto__", "3"],
  ]);
});

test("a first return without parameters says so and no more", () => {
  const { said, pairs } = told("returned", {
    cut: false,
    query: [],
    repeated: false,
    way: "session",
    late: false,
  });
  expect(said).toEqual(["In the window opened here.", "It brought nothing with it."]);
  expect(pairs).toEqual([]);
});

test("events that hold something else than expected do not break the timeline", () => {
  for (const noted of [[], { query: 7, way: {} }, { query: [null, ["x"], [1, 2]] }]) {
    expect(told("returned", noted).pairs).toEqual([]);
  }
  const broken = eventWords({ atMs: 0, kind: "returned", text: "not json" }, live);
  expect(broken.note).toBe("not json");
  expect(told("status-seen", { standing: "new-word" }).said).toEqual(["new-word"]);
});

test("sessions, payloads, strays and standings have their words", () => {
  expect(told("session-opened", { subject: "s" }).title).toBe("Opened in a window here");
  expect(told("payload-opened", { way: "session" })).toMatchObject({
    title: "Answer opened here",
    said: ["In the window opened here."],
  });
  expect(told("payload-kept", { way: "brought" }).title).toContain("could not be opened");
  expect(told("strayed", {}).title).toContain("belongs to no request here");
  expect(told("status-seen", { standing: "rejected" }).said).toEqual(["Rejected"]);
  expect(i18n._(standingWords("shiny").badge)).toBe("shiny");
});

test("the timeline of an answered request lists what its return brought", async () => {
  await openSent({ answered: true });
  const timeline = (await screen.findByTestId("timeline")).textContent;
  expect(timeline).toContain("statusdonestatusagain");
  expect(timeline).toContain("john.doe@example.com");
});

test("answers of every kind stand in the detail", async () => {
  await openSent({ answered: true });
  const answers = await screen.findByTestId("answers");
  expect(answers.querySelectorAll("article")).toHaveLength(5);
  expect(answers.textContent).toContain("john.doe@example.com accepted Terms 2026");
});

test("a change that the shell tells of is shown, wherever it came from", async () => {
  const { platform, user } = openApp({ sent: 1 });
  await user.click(await screen.findByTestId("nav-requests"));
  await user.click(await screen.findByRole("button", { name: /Client onboarding 1/ }));
  expect((await screen.findByTestId("answers")).textContent).toContain("None was opened here yet");
  const [row] = (await platform.requests({ search: "", offset: 0, limit: 1 })).rows;
  act(() => platform.fake.changeRequest(row?.id ?? "", { answers: [answerView({ id: "new" })] }));
  expect(await screen.findByTestId("answer-new")).toBeTruthy();
  await waitFor(() =>
    expect(document.querySelector("[role=status][aria-live]")?.textContent).toContain(
      "accepted Terms 2026",
    ),
  );
});

test("Humanos is asked on demand, and what it said is shown and announced", async () => {
  const { user } = await openSent();
  const standing = await screen.findByTestId("standing");
  expect(standing.textContent).toContain("Not asked yet");
  await user.click(screen.getByTestId("refresh-status"));
  await waitFor(() =>
    expect(screen.getByTestId("standing-badge").textContent).toContain("Waiting"),
  );
  expect(standing.textContent).toContain("Terms 2026");
  expect(standing.textContent).toContain("Identity check: APPROVED");
  expect(document.querySelector("[role=status][aria-live]")?.textContent).toContain(
    "Waiting. At least one answer is still missing.",
  );
});

test("of very many people so many are shown, and the rest counted", async () => {
  const { platform, id } = await openSent();
  const status = sampleStatus();
  const subjects = Array.from({ length: 1_000 }, (_, at) => ({
    contact: `person.${at}@example.com`,
    identityStatus: null,
    kyc: null,
  }));
  platform.fake.changeRequest(id, { status: { ...status, subjects } });
  openView(<RequestDetail id={id} />, { platform });
  await waitFor(() =>
    expect(screen.getAllByTestId("standing").at(-1)?.textContent).toContain("and 800 more"),
  );
});

test("where Humanos cannot be asked the last standing stays and it says why", async () => {
  const { user, platform } = await openSent({ answered: true });
  platform.fake.rejects.refreshStatus = problem("connection-failed", "no route");
  await user.click(await screen.findByTestId("refresh-status"));
  expect((await screen.findByTestId("problem")).textContent).toContain("could not be reached");
  expect(screen.getByTestId("standing-badge").textContent).toContain("Waiting");
});

test("what was never accepted has neither answers nor a standing", async () => {
  const platform = createFake({ sent: 2 });
  const { rows } = await platform.requests({ search: "", offset: 1, limit: 1 });
  openView(<RequestDetail id={rows[0]?.id ?? ""} />, { platform });
  await screen.findByTestId("outcome");
  expect(screen.queryByTestId("answers")).toBeNull();
  expect(screen.queryByTestId("standing")).toBeNull();
});

test("practice opens here without further ado, and the note goes once it was opened", async () => {
  const { user, platform } = await openSent();
  const open = vi.spyOn(platform, "openSession");
  expect((await screen.findByTestId("session-note")).textContent).toContain("Nothing needs");
  expect(screen.getByTestId("subject-1-open").textContent).toBe("Open in browser");
  await user.click(screen.getByTestId("subject-1-session"));
  await waitFor(() => expect(screen.queryByTestId("session-note")).toBeNull());
  expect(open.mock.calls[0]?.[1]).toBe(1);
});

test("for a real request the origin to register is named, and that it may be refused", async () => {
  const platform = createFake({ sent: 1, live: true });
  const [row] = (await platform.requests({ search: "", offset: 0, limit: 1 })).rows;
  const id = row?.id ?? "";
  platform.fake.changeRequest(id, { practice: false });
  const { user } = openView(<RequestDetail id={id} />, { platform });
  const note = await screen.findByTestId("session-note");
  expect(note.textContent).toContain("tauri://localhost");
  expect(note.textContent).toContain("may refuse to send its answer");
  expect(note.textContent).toContain("“Open in browser” always works");

  platform.fake.rejects.openSession = problem("session-open", "finish it first");
  await user.click(screen.getByTestId("subject-0-session"));
  expect((await screen.findByTestId("problem")).textContent).toContain("It is in front now");
  expect(screen.getByTestId("session-note")).toBeTruthy();
});

test("where this app's pages come by https nothing is said of refusing", async () => {
  const platform = createFake({ sent: 1, https: true });
  const [row] = (await platform.requests({ search: "", offset: 0, limit: 1 })).rows;
  platform.fake.changeRequest(row?.id ?? "", { practice: false });
  openView(<RequestDetail id={row?.id ?? ""} />, { platform });
  const note = await screen.findByTestId("session-note");
  expect(note.textContent).toContain("https://tauri.localhost");
  expect(note.textContent).not.toContain("refuse");
});
