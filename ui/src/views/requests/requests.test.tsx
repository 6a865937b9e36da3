import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { createFake } from "../../platform/fake";
import { openApp, openView } from "../../test/open";
import { RequestsView } from "./RequestsView";

test("with nothing sent yet it says so and leads to a new request", async () => {
  openView(<RequestsView />);
  expect((await screen.findByTestId("requests-empty")).textContent).toContain("No requests yet");
});

test("the list shows states in words, searches, and says when nothing matches", async () => {
  const { user } = openView(<RequestsView />, { sent: 5 });
  const list = await screen.findByTestId("requests-list");
  for (const words of ["Accepted", "Refused", "No answer: may have arrived", "Not sent"]) {
    expect(list.textContent).toContain(words);
  }
  await user.type(screen.getByTestId("requests-search"), "onboarding 3");
  await waitFor(() =>
    expect(screen.getByTestId("requests-list").querySelectorAll("button")).toHaveLength(1),
  );
  await user.type(screen.getByTestId("requests-search"), "zzz");
  expect((await screen.findByTestId("requests-no-match")).textContent).toContain("zzz");
});

test("more rows come on demand and the focus goes to the first of them", async () => {
  const { user } = openView(<RequestsView />, { sent: 60 });
  await user.click(await screen.findByTestId("requests-more"));
  const rows = () => screen.getByTestId("requests-list").querySelectorAll("button");
  await waitFor(() => expect(rows()).toHaveLength(60));
  await waitFor(() => expect(document.activeElement).toBe(rows()[50]));
  expect(screen.queryByTestId("requests-more")).toBeNull();
});

test("a list that cannot be read says why and can be asked again", async () => {
  const platform = createFake({ sent: 1 });
  platform.fake.rejects.requests = { code: "ledger", message: "disk", field: null };
  const { user } = openView(<RequestsView />, { platform });
  expect((await screen.findByTestId("problem")).textContent).toContain("ledger");
  delete platform.fake.rejects.requests;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByTestId("requests-list")).toBeTruthy();
});

async function openFirst() {
  const opened = openApp({ sent: 5 });
  await opened.user.click(await screen.findByTestId("nav-requests"));
  const [row] = (await screen.findByTestId("requests-list")).querySelectorAll("button");
  await opened.user.click(row as HTMLElement);
  await screen.findByTestId("outcome");
  return opened;
}

test("opening a request moves the focus to it and marks its row", async () => {
  await openFirst();
  const title = screen.getByRole("heading", { level: 2, name: "Client onboarding 1" });
  expect(document.activeElement).toBe(title);
  expect(document.querySelectorAll("[aria-current=true]")).toHaveLength(1);
  expect(screen.getByTestId("request-id").textContent).toBe("507f1f77bcf86cd799439011");
});

test("a code is hidden until asked for, and hidden again", async () => {
  const { platform, user } = await openFirst();
  const reveal = vi.spyOn(platform, "revealCode");
  expect(document.body.textContent).not.toContain("482 913");
  await user.click(screen.getByTestId("subject-0-code"));
  expect((await screen.findByTestId("subject-0-code-value")).textContent).toBe("482 913");
  expect(reveal).toHaveBeenCalledTimes(1);
  await user.click(screen.getByTestId("subject-0-code"));
  await waitFor(() => expect(screen.queryByTestId("subject-0-code-value")).toBeNull());
});

test("a link is copied by the shell and that is announced", async () => {
  const { platform, user } = await openFirst();
  const copy = vi.spyOn(platform, "copyLink");
  await user.click(screen.getByTestId("subject-1-copy"));
  expect(await screen.findByText("Copied: the link of +351912345678")).toBeTruthy();
  expect(copy.mock.calls[0]?.[1]).toBe(1);
});
