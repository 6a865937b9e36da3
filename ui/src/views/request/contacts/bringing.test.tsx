import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../../../test/open";

const byId = (id: string) => screen.getByTestId(id);

test("an import says what it brought and what was noticed", async () => {
  const { user } = openApp({ wide: true });
  await user.click(await screen.findByTestId("choose-file"));
  const note = await screen.findByTestId("import-note");
  expect(note.textContent).toContain("clients-q4.xlsx: 40 rows added, 35 can be used");
  expect(note.textContent).toContain("Sheet “Notes” has no contacts");
  expect(screen.getAllByText("clients-q4.xlsx: 40 rows added, 35 can be used")).toHaveLength(2);
  expect(byId("rail").textContent).toContain("document number in the list");
  await user.click(byId("row-1-select"));
  await user.click(byId("remove-selected"));
  await waitFor(() => expect(screen.queryByTestId("import-note")).toBeNull());
});

test("Paste reads the clipboard through the shell", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("paste-list"));
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 2"));
  expect(byId("import-note").textContent).toBe("Pasted cells: 2 rows added, 2 can be used");
});

test("an empty clipboard is said", async () => {
  const { user, platform } = openApp();
  vi.spyOn(platform, "listPaste").mockResolvedValue(null);
  await user.click(await screen.findByTestId("paste-list"));
  expect((await screen.findByTestId("paste-empty")).textContent).toContain("no text");
});

test("Ctrl+V pastes a list, but in a text field only text", async () => {
  const { user, platform } = openApp();
  const paste = vi.spyOn(platform, "listPaste");
  await user.click(await screen.findByTestId("name"));
  await user.keyboard("{Control>}v{/Control}");
  expect(paste).not.toHaveBeenCalled();
  act(() => byId("choose-file").focus());
  await user.keyboard("{Meta>}v{/Meta}");
  await waitFor(() => expect(paste).toHaveBeenCalledOnce());
  await waitFor(() => expect(byId("filter-all").textContent).toBe("All 2"));
});

test("an empty list to fill in is saved where the officer says", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("list-template"));
  expect((await screen.findByTestId("list-template-saved")).textContent).toContain("people.csv");
});

test("each source stands with how it was read, and goes and comes back as one", async () => {
  const { user, platform } = openApp({ rows: 60 });
  await screen.findByTestId("source-0");
  await user.click(byId("choose-file"));
  await screen.findByTestId("source-1");
  expect(byId("source-0").textContent).toContain("clients-q4.csv60 rowsUTF-8semicolon");
  const remove = vi.spyOn(platform, "listRemoveSource");
  await user.click(byId("source-0-remove"));
  await waitFor(() => expect(screen.queryByTestId("source-0")).toBeNull());
  expect(remove).toHaveBeenCalledWith(0);
  expect(byId("source-1").textContent).toContain("people.csv");
  await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  await user.click(byId("list-undo"));
  expect((await screen.findByTestId("source-0")).textContent).toContain("60 rows");
});
