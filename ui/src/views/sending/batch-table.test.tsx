import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);

async function openTable(batch = 60, steps = 8) {
  const opened = openApp({ batch });
  await opened.user.click(await screen.findByTestId("nav-sending"));
  await screen.findByTestId("batch-title");
  act(() => opened.platform.fake.step(steps));
  await screen.findAllByTestId("batch-row");
  const [view] = await opened.platform.batches();
  return { ...opened, id: view?.id ?? "" };
}

test("a long batch has few row elements, and arrows go from row to row", async () => {
  const { user } = await openTable(3000, 1);
  const table = byId("batch-table");
  await waitFor(() => expect(table.getAttribute("aria-rowcount")).toBe("3001"));
  expect(within(table).getAllByTestId("batch-row").length).toBeLessThan(60);
  byId("batch-select-1").focus();
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(document.activeElement).toBe(byId("batch-select-2")));
  await user.keyboard(" ");
  expect(byId("batch-select-2")).toHaveProperty("checked", true);
  expect(byId("batch-selected").textContent).toBe("1 selected");
});

test("a state and a search show only those, and it is said how many", async () => {
  const { user } = await openTable();
  await user.click(byId("state-unknown"));
  await waitFor(() => expect(screen.getAllByTestId("batch-row")).toHaveLength(1));
  expect(byId("batch-row").textContent).toContain("#23");
  expect(await screen.findByText("1 request found")).toBeTruthy();
  await user.click(byId("show-all-states"));
  expect(byId("state-unknown").getAttribute("aria-pressed")).toBe("false");

  await user.type(byId("batch-search"), "person.324@");
  await waitFor(() => expect(screen.getAllByTestId("batch-row")).toHaveLength(1));
  expect(byId("batch-row").textContent).toContain("#17");
  await user.type(byId("batch-search"), "zzz");
  await user.click(await screen.findByTestId("batch-show-all"));
  await waitFor(() => expect(byId("batch-shown").textContent).toBe("60 requests"));
});

test("exactly the selected are taken back, after asking", async () => {
  const { user, platform, id } = await openTable(10, 1);
  const cancel = vi.spyOn(platform, "cancelRequests");
  await user.click(byId("batch-select-8"));
  await user.click(byId("batch-select-9"));
  await user.click(byId("cancel-selected"));
  expect((await screen.findByRole("alertdialog")).textContent).toContain(
    "40 people are not asked.",
  );
  await user.click(byId("confirm-cancel-selected"));
  await waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
  const { rows } = await platform.batchRequests({
    id,
    state: "cancelled",
    search: "",
    offset: 0,
    limit: 10,
  });
  expect(rows.map((row) => row.number)).toEqual([8, 9]);
  expect(cancel.mock.calls[0]?.[1]).toEqual(rows.map((row) => row.id));
  expect(await screen.findByText("2 requests are not sent.")).toBeTruthy();
  await waitFor(() => expect(screen.queryByTestId("batch-selected")).toBeNull());
});

test("what was under way by then is said", async () => {
  const { user, platform } = await openTable(10, 1);
  await user.click(byId("batch-select-5"));
  await user.click(byId("batch-select-9"));
  await user.click(byId("cancel-selected"));
  vi.spyOn(platform, "cancelRequests").mockResolvedValue(1);
  await user.click(await screen.findByTestId("confirm-cancel-selected"));
  expect(
    await screen.findByText("1 request is not sent. The others were under way already."),
  ).toBeTruthy();
});

test("selected ones that cannot be taken back or sent again say so", async () => {
  const { user, platform } = await openTable();
  const cancel = vi.spyOn(platform, "cancelRequests");
  await user.click(byId("batch-select-1"));
  const button = byId("cancel-selected");
  expect(button.getAttribute("aria-disabled")).toBe("true");
  const why = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  expect(why?.textContent).toContain("None of these");
  await user.click(button);
  expect(cancel).not.toHaveBeenCalled();
});

test("all shown are selected; refused and unknown go again after a warning", async () => {
  const { user, platform, id } = await openTable(60, 20);
  const refused = vi.spyOn(platform, "resendRefused");
  const unknown = vi.spyOn(platform, "resendUnknown");
  await user.click(byId("batch-select-all"));
  await waitFor(() => expect(byId("batch-selected").textContent).toBe("60 selected"));
  expect(byId("resend-selected").textContent).toBe("Send again (3)");
  await user.click(byId("resend-selected"));
  expect((await screen.findByRole("alertdialog")).textContent).toContain("20 people may be asked");
  await user.click(byId("confirm-resend-unknown"));
  await waitFor(() => expect(unknown).toHaveBeenCalledTimes(1));
  expect(refused.mock.calls[0]?.[0]).toBe(id);
  expect(refused.mock.calls[0]?.[1]).toHaveLength(2);
  expect(unknown.mock.calls[0]?.[1]).toHaveLength(1);
});

test("a request is opened from its row", async () => {
  const { user } = await openTable();
  await user.click(byId("batch-open-2"));
  expect(location.hash).toMatch(/^#\/requests\/.+/);
  expect(await screen.findByTestId("part-of")).toBeTruthy();
});
