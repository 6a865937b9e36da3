import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Row } from "../../../api/types";
import { createFake } from "../../../platform/fake";
import { openView } from "../../../test/open";
import { RequestView } from "../RequestView";

const MILLION = 1_000_000;
const WEBKIT_MOST_PX = 33_000_000;

function rowAt(index: number): Row {
  return {
    id: index + 1,
    source: 0,
    line: index + 2,
    text: `person.${index + 1}@example.com`,
    contact: `person.${index + 1}@example.com`,
    kind: "email",
    state: "ready",
    reasons: [],
    docId: null,
    language: null,
    internalId: null,
    secondaryContact: null,
    name: null,
    country: null,
  };
}

async function openMillion() {
  const platform = createFake({ rows: 1 });
  const summary = { ...(await platform.listSummary()), all: MILLION, ready: MILLION };
  vi.spyOn(platform, "listSummary").mockImplementation(async () => summary);
  vi.spyOn(platform, "listRows").mockImplementation(async ({ offset, limit }) => ({
    total: MILLION,
    rows: Array.from({ length: Math.min(limit, MILLION - offset) }, (_, at) => rowAt(offset + at)),
  }));
  const opened = openView(<RequestView />, { platform });
  await screen.findByTestId("row-1-edit");
  return opened;
}

test("the last of a million rows can be reached, in an element that is not too tall", async () => {
  const { user } = await openMillion();
  const table = screen.getByTestId("contact-table");
  expect(table.getAttribute("aria-rowcount")).toBe("1000001");
  screen.getByTestId("row-1-edit").focus();
  await user.keyboard("{Control>}{End}{/Control}");
  const last = await screen.findByTestId("row-1000000-edit");
  await waitFor(() => expect(document.activeElement).toBe(last));
  expect(last.closest("[role=row]")?.getAttribute("aria-rowindex")).toBe("1000001");
  expect(screen.getByTestId("rows-part").textContent).toBe(
    "Rows 900,001 to 1,000,000 of 1,000,000",
  );

  expect(within(table).getAllByRole("row").length).toBeLessThan(60);
  const canvas = table.querySelector<HTMLElement>("[role=rowgroup][style]");
  expect(parseFloat(canvas?.style.height ?? "")).toBeGreaterThan(1_000_000);
  // Also where the screen's scale is doubled.
  expect(parseFloat(canvas?.style.height ?? "") * 2).toBeLessThan(WEBKIT_MOST_PX);
});

test("arrows go over the edge of a part, and the parts have buttons", async () => {
  const { user } = await openMillion();
  await user.click(screen.getByTestId("rows-next"));
  await screen.findByTestId("row-100001-edit");
  expect(screen.queryByTestId("row-1-edit")).toBeNull();
  screen.getByTestId("row-100001-edit").focus();
  await user.keyboard("{ArrowUp}");
  const before = await screen.findByTestId("row-100000-edit");
  await waitFor(() => expect(document.activeElement).toBe(before));

  await user.click(screen.getByTestId("rows-last"));
  await screen.findByTestId("row-900001-edit");
  expect(screen.getByTestId("rows-next").getAttribute("aria-disabled")).toBe("true");
  await user.click(screen.getByTestId("rows-first"));
  expect((await screen.findByTestId("row-1-edit")).tagName).toBe("INPUT");
});

test("single rows cannot be taken out of a million selected ones", async () => {
  const { user } = await openMillion();
  await user.click(screen.getByTestId("select-all"));
  expect(screen.getByTestId("selected-count").textContent).toBe("1,000,000 selected");
  expect(screen.getByTestId("row-1-select")).toHaveProperty("disabled", true);
  await user.click(screen.getByTestId("select-none"));
  expect(screen.getByTestId("row-1-select")).toHaveProperty("disabled", false);
});
