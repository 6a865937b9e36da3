import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);

test("how it is sent is chosen, and the rail says what comes of it", async () => {
  const { user, platform } = openApp({ rows: 60, filled: true });
  expect(await screen.findByTestId("groupSize")).toHaveProperty("value", "20");
  await waitFor(() =>
    expect(byId("rail").textContent).toContain("3 requests of up to 20, about 3"),
  );
  await user.click(byId("sendMode.each"));
  await waitFor(() => expect(byId("rail").textContent).toContain("one for each person"));
  expect(screen.queryByTestId("groupSize")).toBeNull();
  await user.click(byId("sendMode.together"));
  await waitFor(() => expect(byId("rail").textContent).toMatch(/Sent as1 request(?!s)/));
  await user.click(byId("nav-settings"));
  await waitFor(() => expect(platform.fake.form.plan.sendMode).toBe("together"));
});

test("what is wrong with the plan stands at its control and in the summary", async () => {
  const { user } = openApp({ rows: 60, filled: true });
  const size = await screen.findByTestId("groupSize");
  await user.clear(size);
  await user.tab();
  expect((await screen.findByTestId("issue-groupSize")).textContent).toContain("1 to 100");
  await user.click(byId("sendMode.column"));
  await user.click(byId("review-button"));
  const summary = await screen.findByTestId("error-summary");
  await user.click(within(summary).getByText("Choose the column"));
  expect(document.activeElement).toBe(byId("groupColumn"));
  await user.selectOptions(byId("groupColumn"), "Branch");
  await waitFor(() => expect(screen.queryByTestId("issue-groupColumn")).toBeNull());
  await waitFor(() => expect(byId("rail").textContent).toContain("by “Branch”"));
});

test("a column is written where the officer was typing, by keyboard too", async () => {
  const { user } = openApp({ rows: 5, filled: true });
  const name = await screen.findByTestId("name");
  await waitFor(() => expect(screen.queryByTestId("variable-Name")).toBeTruthy());
  expect(screen.queryByTestId("leaveEmpty")).toBeNull();
  await user.clear(name);
  await user.type(name, "For ");
  const column = byId("variable-Client id");
  expect(column.getAttribute("aria-label")).toBe("Write {{Client id}} into Name of the request");
  column.focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(name).toHaveProperty("value", "For {{Client id}}"));
  expect(document.activeElement).toBe(name);
  expect(byId("leaveEmpty")).toHaveProperty("checked", false);
});

test("before any text was typed in, a press copies the column", async () => {
  const { user } = openApp({ rows: 5 });
  const write = vi.spyOn(navigator.clipboard, "writeText");
  await user.click(await screen.findByTestId("variable-Name"));
  expect(write).toHaveBeenCalledWith("{{Name}}");
  expect(await screen.findByText("Copied: {{Name}}")).toBeTruthy();
});

test("rows without a value are said together, lead to the field, and go with the switch", async () => {
  const { user } = openApp({ rows: 60, filled: true });
  const name = await screen.findByTestId("name");
  await user.click(name);
  await user.paste(" {{Branch}}");
  await user.click(byId("review-button"));
  const summary = await screen.findByTestId("error-summary");
  const line = within(summary).getByText(
    /^Row 4 of clients-q4.csv and \d+ more: The column “Branch” has no value here$/,
  );
  expect(document.activeElement).toBe(summary);
  await user.click(line);
  expect(document.activeElement).toBe(name);
  expect(byId("issue-name").textContent).toContain("has no value here");

  await user.click(byId("leaveEmpty"));
  await waitFor(() => expect(screen.queryByTestId("error-summary")).toBeNull());
  await user.click(byId("review-button"));
  expect(await screen.findByTestId("review-people")).toBeTruthy();
});
