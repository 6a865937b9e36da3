import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { problem } from "../../platform/fake/requests";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);

test("Review with an empty form shows the summary, which takes the focus and leads to each field", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("review-button"));
  const summary = await screen.findByTestId("error-summary");
  expect(document.activeElement).toBe(summary);
  expect(within(summary).getByRole("heading").textContent).toBe("There is a problem");
  expect(document.title).toBe("Error: New request - Countersign");
  expect(byId("issue-contacts").textContent).toContain("Add at least one person to ask");

  await user.click(within(summary).getByText("Add at least one person to ask"));
  expect(document.activeElement).toBe(byId("contacts"));
});

test("before Review only fields that were left show their issues", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("returnTo.web"));
  await user.type(byId("redirectUrl"), "nowhere");
  await waitFor(() => expect(byId("rail").textContent).toContain("Write a whole address"));
  expect(screen.queryByTestId("issue-redirectUrl")).toBeNull();
  await user.tab();
  expect(byId("issue-redirectUrl").textContent).toContain("Write a whole address");
  expect(screen.queryByTestId("issue-contacts")).toBeNull();
  expect(byId("redirectUrl").getAttribute("aria-invalid")).toBe("true");
});

test("what is typed survives going to another view and back", async () => {
  const { user, platform } = openApp();
  await user.type(await screen.findByTestId("name"), "Client onboarding");
  await user.type(byId("groupIds"), "507f1f77bcf86cd799439011\n507f1f77bcf86cd799439012");
  await user.type(byId("contacts"), "half@typed");
  await user.click(byId("nav-settings"));
  await waitFor(() => expect(platform.fake.form.draft.name).toBe("Client onboarding"));
  expect(platform.fake.form.draft.groupIds).toHaveLength(2);
  await user.click(byId("nav-new-request"));
  expect(byId("name")).toHaveProperty("value", "Client onboarding");
  expect(byId("contacts")).toHaveProperty("value", "half@typed");
});

test("a save that fails is said, and the words stay", async () => {
  const { user, platform } = openApp();
  platform.fake.rejects.saveForm = problem("save-failed", "disk full");
  await user.type(await screen.findByTestId("name"), "Client");
  const said = await screen.findByTestId("save-problem", {}, { timeout: 2000 });
  expect(said.textContent).toContain("keeps trying to save it");
  expect(byId("name")).toHaveProperty("value", "Client");
});

test("people are added, corrected in place, and removed", async () => {
  const { user } = openApp();
  await user.type(await screen.findByTestId("contacts"), "a@example.com\nmaria@gmial.com");
  await user.click(byId("add-contacts"));
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 2"));
  expect(byId("contacts")).toHaveProperty("value", "");
  expect(byId("filter-warnings").textContent).toBe("Warnings 1");

  await user.click(await screen.findByTestId("row-2-accept"));
  await waitFor(() => expect(byId("filter-ready").textContent).toBe("Ready 2"));

  const edit = byId("row-1-edit");
  await user.clear(edit);
  await user.type(edit, "b@example.com{Escape}");
  expect(edit).toHaveProperty("value", "a@example.com");
  await user.clear(edit);
  await user.type(edit, "not an email@{Enter}");
  await waitFor(() => expect(byId("filter-errors").textContent).toBe("Errors 1"));

  await user.click(byId("row-1-remove"));
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 1"));
});

test("a long list has few row elements, and arrows go from row to row", async () => {
  const { user } = openApp({ rows: 5000 });
  const table = await screen.findByTestId("contact-table");
  await waitFor(() => expect(within(table).getAllByRole("row").length).toBeGreaterThan(5));
  expect(within(table).getAllByRole("row").length).toBeLessThan(60);
  expect(table.getAttribute("aria-rowcount")).toBe("5001");
  await screen.findByTestId("row-1-edit");
  const first = within(table).getAllByRole("textbox")[0];
  first?.focus();
  await user.keyboard("{ArrowDown}");
  await waitFor(() => {
    const row = document.activeElement?.closest("[role=row]");
    expect(row?.getAttribute("aria-rowindex")).toBe("3");
  });
});

test("files refused whole are named with their reason", async () => {
  const { platform } = openApp();
  await screen.findByTestId("drop-zone");
  const summary = await platform.listSummary();
  const report = { summary, added: 0, ready: 0, warnings: 0, errors: 0, notes: [] };
  const refused = { name: "photo.png", message: "This is a picture, not a list" };
  act(() => platform.fake.emitListChanged({ ...report, problems: [refused] }));
  expect((await screen.findByTestId("import-problems")).textContent).toContain("This is a picture");
});

test("a dropped PDF becomes a document to sign", async () => {
  const { platform } = openApp();
  await screen.findByTestId("drop-zone");
  act(() => platform.fake.emitDocument({ fileName: "NDA.pdf", base64: "JVBERi0x", size: 6 }));
  expect(byId("credentials.0.type")).toHaveProperty("value", "DOCUMENT");
  expect(byId("credentials.0.name")).toHaveProperty("value", "NDA");
  expect(byId("credentials").textContent).toContain("NDA.pdf");
});

test("a date is sent with the local offset and shown back as it was typed", async () => {
  const { user, platform } = openApp({ filled: true });
  const from = await screen.findByTestId("credentials.0.validFrom");
  expect(from).toHaveProperty("value", "2026-12-01T09:00");
  await user.clear(from);
  await user.type(from, "2027-07-01T10:30");
  expect(from).toHaveProperty("value", "2027-07-01T10:30");
  await user.click(byId("nav-settings"));
  await waitFor(() =>
    expect(platform.fake.form.draft.credentials[0]?.validFrom).toBe("2027-07-01T10:30:00+01:00"),
  );
});

test("Ctrl+Enter reviews; sending is a second step that names the people and the connection", async () => {
  const { user, platform } = openApp({ rows: 12, filled: true });
  await screen.findByTestId("contact-table");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect((await screen.findByTestId("review-people")).textContent).toContain("12 people");
  expect(byId("review-headers").textContent).toContain(platform.fake.form.idempotencyKey);
  expect(JSON.parse(byId("review-body").textContent ?? "")).toHaveProperty("language", "PRT");

  await user.click(byId("send-button"));
  const dialog = await screen.findByRole("alertdialog");
  expect(dialog.textContent).toContain("12 people");
  expect(dialog.textContent).toContain("Practice");
  await user.click(byId("cancel-send"));
  expect((await platform.requests({ search: "", offset: 0, limit: 5 })).total).toBe(0);

  await user.click(byId("send-button"));
  await user.click(await screen.findByTestId("confirm-send"));
  await waitFor(() => expect(location.hash).toMatch(/^#\/requests\/.+/));
  expect((await platform.requests({ search: "", offset: 0, limit: 5 })).total).toBe(1);
});

test("a rejected send says why and stays at the review", async () => {
  const { user, platform } = openApp({ rows: 2, filled: true });
  await screen.findByTestId("contact-table");
  await user.click(byId("review-button"));
  platform.fake.rejects.send = problem("secrets-missing", "no entry");
  await user.click(await screen.findByTestId("send-button"));
  await user.click(await screen.findByTestId("confirm-send"));
  expect((await screen.findByTestId("problem")).textContent).toContain("Nothing was sent");
  expect(byId("review-body").textContent).toContain("Client onboarding");
});

test("typed but not added people are added when Review is pressed", async () => {
  const { user } = openApp({ filled: true });
  await user.type(await screen.findByTestId("contacts"), "a@example.com");
  await user.click(byId("review-button"));
  expect((await screen.findByTestId("review-people")).textContent).toContain("1 person");
});

test("a refused request leads back to its fields, with what Humanos said", async () => {
  const { user } = openApp({ rows: 2, filled: true, answer: "field-errors" });
  await screen.findByTestId("contact-table");
  await user.click(byId("review-button"));
  await user.click(await screen.findByTestId("send-button"));
  await user.click(await screen.findByTestId("confirm-send"));
  await user.click(await screen.findByTestId("edit-again"));
  const summary = await screen.findByTestId("error-summary");
  expect(document.activeElement).toBe(summary);
  expect(summary.textContent).toContain("redirectUrl must be a URL address");
  expect(byId("issue-credentials.0.name").textContent).toContain("name should not be empty");
  expect(byId("name")).toHaveProperty("value", "Client onboarding");
  expect(byId("filter-all").textContent).toBe("All 2");
});

test("starting over asks first, then empties the form and the list", async () => {
  const { user } = openApp({ rows: 3, filled: true });
  await screen.findByTestId("contact-table");
  await user.click(byId("start-over"));
  await user.click(await screen.findByTestId("confirm-start-over"));
  await waitFor(() => expect(byId("name")).toHaveProperty("value", ""));
  await waitFor(() => expect(screen.queryByTestId("contact-table")).toBeNull());
});
