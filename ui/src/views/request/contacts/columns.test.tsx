import { act, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { problem } from "../../../platform/fake/requests";
import { openApp } from "../../../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function openDialog() {
  const opened = openApp({ rows: 60 });
  await opened.user.click(await screen.findByTestId("source-0-columns"));
  await screen.findByTestId("columns-preview");
  await screen.findByRole("option", { name: "windows-1252" });
  return opened;
}

test("a file is read anew with the columns the officer chose", async () => {
  const { user, platform } = await openDialog();
  const read = vi.spyOn(platform, "listRead");
  const preview = vi.spyOn(platform, "listPreview");
  expect(byId("encoding")).toHaveProperty("value", "");
  expect(byId("encoding").textContent).toContain("As detected (UTF-8)");
  expect(byId("delimiter").textContent).toContain("As detected (semicolon)");
  expect(byId("header")).toHaveProperty("checked", true);
  expect(byId("columns-count").textContent).toBe("60 rows");

  await user.selectOptions(byId("columns.1.target"), "name");
  await user.selectOptions(byId("encoding"), "windows-1252");
  await waitFor(() =>
    expect(preview).toHaveBeenLastCalledWith(0, {
      encoding: "windows-1252",
      delimiter: null,
      header: null,
    }),
  );
  await waitFor(() =>
    expect(byId("columns-count").textContent).toBe("60 rows, 2 cannot be read like this"),
  );
  // The columns stayed the same, so the choice did too.
  expect(byId("columns.1.target")).toHaveProperty("value", "name");

  await user.click(byId("columns-apply"));
  await waitFor(() =>
    expect(read).toHaveBeenCalledWith(
      0,
      { encoding: "windows-1252", delimiter: null, header: null },
      ["email", "name"],
    ),
  );
  await waitFor(() => expect(screen.queryByTestId("columns-dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(byId("source-0-columns")));
  expect(byId("source-0").textContent).toContain("windows-1252");
});

test("opened again it shows how the file is read now", async () => {
  const { user } = await openDialog();
  await user.selectOptions(byId("encoding"), "macintosh");
  await user.selectOptions(byId("columns.1.target"), "variable");
  await user.click(byId("header"));
  await waitFor(() => expect(byId("columns-preview").textContent).toContain("Column 1"));
  await user.click(byId("columns-apply"));
  await waitFor(() => expect(screen.queryByTestId("columns-dialog")).toBeNull());
  await user.click(byId("source-0-columns"));
  await screen.findByTestId("columns-preview");
  expect(byId("columns.1.target")).toHaveProperty("value", "variable");
});

test("without a column that says whom to ask nothing is applied", async () => {
  const { user, platform } = await openDialog();
  const read = vi.spyOn(platform, "listRead");
  await user.selectOptions(byId("columns.0.target"), "ignored");
  await user.click(byId("columns-apply"));
  expect((await screen.findByTestId("issue-columns")).getAttribute("role")).toBe("alert");
  expect(read).not.toHaveBeenCalled();
  await user.selectOptions(byId("columns.0.target"), "contact");
  expect(screen.queryByTestId("issue-columns")).toBeNull();
});

test("what the shell refuses is said in the dialog, which stays", async () => {
  const { user, platform } = await openDialog();
  platform.fake.rejects.listRead = problem("list-refused", "Two columns are both the language");
  await user.click(byId("columns-apply"));
  expect((await screen.findByTestId("columns-problem")).textContent).toContain("both the language");
  await user.click(byId("columns-cancel"));
  await waitFor(() => expect(screen.queryByTestId("columns-dialog")).toBeNull());
});

test("reading anew that takes long shows its progress in the dialog, and can be ended", async () => {
  const { user, platform } = await openDialog();
  const cancel = vi.spyOn(platform, "listCancel");
  let end = (): void => undefined;
  platform.fake.holds.listRead = new Promise<void>((done) => (end = done));
  await user.click(byId("columns-apply"));
  const bar = await screen.findByTestId("list-progress");
  expect(byId("columns-dialog").contains(bar)).toBe(true);
  await user.click(byId("list-cancel"));
  expect(cancel).toHaveBeenCalledOnce();
  platform.fake.rejects.listRead = problem("cancelled", "");
  end();
  expect((await screen.findByTestId("columns-problem")).textContent).toContain(
    "Nothing was changed",
  );
  await waitFor(() => expect(byId("columns-dialog").contains(document.activeElement)).toBe(true));
});

test("a workbook has no encoding and no delimiter to choose", async () => {
  const { user } = openApp({ rows: 60, wide: true });
  await user.click(await screen.findByTestId("source-0-columns"));
  await screen.findByTestId("columns-preview");
  expect(screen.queryByTestId("encoding")).toBeNull();
  expect(screen.queryByTestId("delimiter")).toBeNull();
  expect(byId("columns.2.target")).toHaveProperty("value", "docId");
});

test("Ctrl+V and Ctrl+Enter do nothing behind the dialog", async () => {
  const { user, platform } = await openDialog();
  const paste = vi.spyOn(platform, "listPaste");
  const review = vi.spyOn(platform, "prepareReview");
  await user.keyboard("{Control>}v{/Control}{Control>}{Enter}{/Control}");
  await act(async () => {});
  expect(paste).not.toHaveBeenCalled();
  expect(review).not.toHaveBeenCalled();
});

test("the dialog and the list pass the accessibility rules", { timeout: 30_000 }, async () => {
  await openDialog();
  const rules = { "color-contrast": { enabled: false } };
  const dialog = await axe.run(byId("columns-dialog"), { rules });
  expect(dialog.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual(
    [],
  );
  const list = await axe.run(byId("contact-table"), { rules });
  expect(list.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
});
