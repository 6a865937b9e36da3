import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../../../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function openList() {
  const opened = openApp({ rows: 80, wide: true });
  await screen.findByTestId("row-1-edit");
  const asked = vi.spyOn(opened.platform, "listRows");
  return { ...opened, last: () => asked.mock.lastCall?.[0], asked };
}

test("a filter asks for its rows only and says how many they are", async () => {
  const { user, last } = await openList();
  await user.click(byId("filter-errors"));
  await waitFor(() => expect(last()).toMatchObject({ show: "errors", reason: null }));
  expect(byId("filter-errors").getAttribute("aria-pressed")).toBe("true");
  const count = byId("filter-errors").textContent?.replace("Errors ", "");
  await waitFor(() => expect(screen.getByText(`${count} rows shown.`).textContent).toBeTruthy());
  expect(screen.queryByTestId("row-1")).toBeNull();
});

test("a reason is a filter that a second press takes off", async () => {
  const { user, last } = await openList();
  await user.click(byId("reason-docIdNumber"));
  await waitFor(() => expect(last()).toMatchObject({ show: "all", reason: "docIdNumber" }));
  expect(byId("reason-docIdNumber").getAttribute("aria-pressed")).toBe("true");
  await user.click(byId("reason-docIdNumber"));
  await waitFor(() =>
    expect(byId("reason-docIdNumber").getAttribute("aria-pressed")).toBe("false"),
  );
  expect((await screen.findByTestId("row-1")).dataset.state).toBe("ready");
});

test("what is searched is asked once typing pauses, not at every letter", async () => {
  const { user, asked } = await openList();
  await user.type(byId("row-search"), "C-1042");
  await waitFor(() => expect(byId("contact-table").getAttribute("aria-rowcount")).toBe("2"));
  const searches = new Set(asked.mock.calls.map(([ask]) => ask.search));
  expect([...searches]).toEqual(["C-1042"]);
});

test("where nothing matches there is a way back", async () => {
  const { user } = await openList();
  await user.type(byId("row-search"), "nobody like this");
  await user.click(await screen.findByTestId("show-all"));
  await waitFor(() => expect(byId("contact-table").getAttribute("aria-rowcount")).toBe("81"));
  expect(byId("row-search")).toHaveProperty("value", "");
  await waitFor(() => expect(document.activeElement?.getAttribute("data-column")).toBe("edit"));
});

test("pressing a title orders by it, pressing it again turns the order round", async () => {
  const { user, last } = await openList();
  const header = (id: string) => byId(id).closest("[role=columnheader]");
  expect(header("sort-state")?.getAttribute("aria-sort")).toBe("ascending");
  await user.click(byId("sort-name"));
  await waitFor(() => expect(last()?.sort).toEqual({ by: "name", descending: false }));
  expect(header("sort-name")?.getAttribute("aria-sort")).toBe("ascending");
  expect(header("sort-state")?.getAttribute("aria-sort")).toBe("none");
  await user.click(byId("sort-name"));
  await waitFor(() => expect(last()?.sort).toEqual({ by: "name", descending: true }));
  await user.click(byId("sort-file"));
  await waitFor(() => expect(last()?.sort).toEqual({ by: "file", descending: false }));
});

test("only fields that some row has are columns", async () => {
  openApp({ rows: 3 });
  await screen.findByTestId("row-1-edit");
  expect(byId("contact-table").getAttribute("aria-colcount")).toBe("5");
  expect(screen.queryByTestId("sort-docId")).toBeNull();
  expect(screen.queryByTestId("row-1-edit-docId")).toBeNull();
});

test("the rows that are not used can be taken along as a file", async () => {
  const { user } = await openList();
  await user.click(byId("export-unused"));
  expect((await screen.findByTestId("export-unused-saved")).textContent).toContain(
    "clients-q4-not-used.csv",
  );
});

test("without errors there is nothing to take along", async () => {
  openApp({ rows: 3 });
  await screen.findByTestId("row-1-edit");
  expect(screen.queryByTestId("export-unused")).toBeNull();
});
