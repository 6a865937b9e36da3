import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../../../platform/fake/requests";
import { openApp } from "../../../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function openList(rows = 80) {
  const opened = openApp({ rows, wide: true });
  await screen.findByTestId("row-5-edit");
  return opened;
}

test("each field is corrected in place: Escape gives back, Enter saves", async () => {
  const { user, platform } = await openList();
  const edit = vi.spyOn(platform, "listEdit");
  const field = byId("row-5-edit-docId");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await user.clear(field);
  await user.type(field, "oops{Escape}");
  expect(field).toHaveProperty("value", "9.87654E+08");
  expect(edit).not.toHaveBeenCalled();

  await user.clear(field);
  await user.type(field, "987654321{Enter}");
  await waitFor(() => expect(edit).toHaveBeenCalledWith(5, "docId", "987654321"));
  // The row is mended and goes under the errors: the next one has the focus, in the same column.
  await waitFor(() => expect(screen.queryByTestId("row-5")?.dataset.state).not.toBe("error"));
  await waitFor(() =>
    expect(document.activeElement?.getAttribute("data-column")).toBe("edit-docId"),
  );
});

test("when the last row that matched is mended, the focus goes to the way back", async () => {
  const { user } = await openList(20);
  await user.click(byId("filter-errors"));
  await waitFor(() => expect(byId("contact-table").getAttribute("aria-rowcount")).toBe("2"));
  const field = byId("row-5-edit-docId");
  await user.clear(field);
  await user.type(field, "987654321{Enter}");
  const back = await screen.findByTestId("show-all");
  await waitFor(() => expect(document.activeElement).toBe(back));
});

test("with more than one file a row says which it came from", async () => {
  const { user } = await openList(20);
  expect(byId("row-5-edit").getAttribute("aria-label")).toBe("Contact in row 6");
  await user.click(byId("paste-list"));
  await waitFor(() =>
    expect(byId("row-5-edit").getAttribute("aria-label")).toBe(
      "Contact in row 6 of clients-q4.xlsx",
    ),
  );
});

test("a refused correction says so at its cell and keeps what was typed", async () => {
  const { user, platform } = await openList();
  platform.fake.rejects.listEdit = problem("list-refused", "The field is too long");
  await user.type(byId("row-5-edit-name"), " and more{Enter}");
  const cell = byId("row-5-edit-name").closest<HTMLElement>("[role=gridcell]");
  expect((await within(cell as HTMLElement).findByRole("alert")).textContent).toContain("too long");
  expect(byId("row-5-edit-name")).toHaveProperty("value", "Marta Lopes and more");
});

test("a suggestion is taken for one row, or for all alike, and taken back", async () => {
  const { user, platform } = await openList();
  const accept = vi.spyOn(platform, "listAccept");
  await user.click(byId("filter-warnings"));
  await user.click(await screen.findByTestId("row-10-accept"));
  await waitFor(() => expect(accept).toHaveBeenLastCalledWith(10, "emailTypo", false));
  await waitFor(() => expect(screen.queryByTestId("row-10")).toBeNull());

  await user.click(byId("list-undo"));
  expect((await screen.findByTestId("row-10-accept-alike")).textContent).toBe("all 2 alike");
  await user.click(byId("row-10-accept-alike"));
  await waitFor(() => expect(accept).toHaveBeenLastCalledWith(10, "emailTypo", true));
  await waitFor(() => expect(screen.queryByTestId("reason-emailTypo")).toBeNull());
  expect(byId("list-undo").textContent).toBe("Undo: Accepted suggestions");
});

test("someone asked before leads to that request", async () => {
  const { user } = await openList();
  await user.click(byId("reason-askedBefore"));
  await user.click(await screen.findByTestId("row-6-request"));
  expect(location.hash).toBe("#/requests/earlier-request");
});

test("each reason has its own sign, as bad as it is", async () => {
  const { user, platform } = await openList();
  await platform.listEdit(10, "docId", "1.5E+08");
  await user.type(byId("row-search"), "gmial");
  const row = await screen.findByTestId("row-10");
  const tones = [...row.querySelectorAll("[data-tone]")].map((one) => [
    one.textContent,
    one.getAttribute("data-tone"),
  ]);
  await waitFor(() => expect(tones).toContainEqual(["!Did you mean gmail.com?", "warning"]));
});

test("ticked rows are removed at once by the button, and undo brings them back", async () => {
  const { user, platform } = await openList();
  const remove = vi.spyOn(platform, "listRemove");
  await user.click(byId("row-5-select"));
  await user.click(byId("row-30-select"));
  expect(byId("selected-count").textContent).toBe("2 selected");
  await user.click(byId("remove-selected"));
  await waitFor(() => expect(remove).toHaveBeenCalledWith([5, 30]));
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 78"));
  expect(screen.queryByTestId("selected-count")).toBeNull();
  await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  await user.click(byId("list-undo"));
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 80"));
});

test("Delete asks first when more than one row is ticked", async () => {
  const { user, platform } = await openList();
  const remove = vi.spyOn(platform, "listRemove");
  await user.click(byId("row-5-select"));
  await user.click(byId("row-30-select"));
  await user.keyboard("{Delete}");
  const dialog = await screen.findByRole("alertdialog");
  expect(dialog.textContent).toContain("Remove 2 rows?");
  await user.click(byId("cancel"));
  expect(remove).not.toHaveBeenCalled();
  await user.click(byId("row-30-select"));
  await user.keyboard("{Delete}");
  await waitFor(() => expect(remove).toHaveBeenCalledWith([5]));
});

test("Delete in a text field deletes text", async () => {
  const { user, platform } = await openList();
  const remove = vi.spyOn(platform, "listRemove");
  await user.click(byId("row-5-select"));
  byId("row-5-edit-name").focus();
  await user.keyboard("{Home}{Delete}");
  expect(byId("row-5-edit-name")).toHaveProperty("value", "arta Lopes");
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(remove).not.toHaveBeenCalled();
});

test("select all takes every row that matches, also those never looked at", async () => {
  const { user, platform } = await openList(400);
  const shown = vi.spyOn(platform, "listRemoveShown");
  await user.click(byId("filter-ready"));
  // At once, however busy the machine: until the search is asked, "all" is not what the officer sees, and
  // cannot be removed.
  fireEvent.change(byId("row-search"), { target: { value: "example.com" } });
  fireEvent.click(byId("select-all"));
  expect(byId("remove-selected").getAttribute("aria-disabled")).toBe("true");
  await waitFor(() => expect(screen.queryByTestId("selected-count")).toBeNull());
  await waitFor(() => expect(screen.getByText(/^\d+ rows shown\.$/).textContent).toBeTruthy());
  await user.click(byId("select-all"));
  await waitFor(() => expect(byId("selected-count").textContent).toMatch(/^\d{3} selected$/));
  await user.click(byId("remove-selected"));
  await waitFor(() => expect(shown).toHaveBeenCalledOnce());
  expect(shown.mock.lastCall?.[0]).toMatchObject({ show: "ready", search: "example.com" });
});

test("one row can be taken out of all that match", async () => {
  const { user, platform } = await openList();
  const remove = vi.spyOn(platform, "listRemove");
  await user.click(byId("filter-errors"));
  await waitFor(() => expect(screen.queryByTestId("row-1")).toBeNull());
  const errors = Number(byId("filter-errors").textContent?.replace("Errors ", ""));
  await user.click(byId("select-all"));
  expect(byId("selected-count").textContent).toBe(`${errors} selected`);
  await user.click(byId("row-5-select"));
  await waitFor(() => expect(byId("selected-count").textContent).toBe(`${errors - 1} selected`));
  await user.click(byId("remove-selected"));
  await waitFor(() => expect(remove.mock.lastCall?.[0]).toHaveLength(errors - 1));
  expect(remove.mock.lastCall?.[0]).not.toContain(5);
});

test("another filter clears what was ticked", async () => {
  const { user } = await openList();
  await user.click(byId("row-5-select"));
  await user.click(byId("filter-ready"));
  await waitFor(() => expect(screen.queryByTestId("selected-count")).toBeNull());
});

test("when everything is removed the way back stays, and the focus is not lost", async () => {
  const { user } = await openList();
  await user.click(byId("select-all"));
  await user.click(byId("remove-selected"));
  await waitFor(() => expect(screen.queryByTestId("contact-table")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(byId("choose-file")));
  expect(screen.getByText("80 rows removed.").textContent).toBeTruthy();
  await user.click(byId("list-undo"));
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 80"));
  await waitFor(() => expect(document.activeElement?.getAttribute("data-column")).toBe("edit"));
});
