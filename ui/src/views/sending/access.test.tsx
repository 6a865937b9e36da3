import { act, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);
/** jsdom lays nothing out, so what needs a layout is looked at in the real window. */
const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };

async function faults() {
  const { violations } = await axe.run(document.body, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test("Sending, with something to do, a selection and its dialogs, has no fault that axe finds", async () => {
  const { user, platform } = openApp({ batch: 60 });
  await user.click(await screen.findByTestId("nav-sending"));
  await screen.findByTestId("batch-title");
  act(() => platform.fake.step(8));
  await waitFor(() => expect(screen.getAllByTestId("failure-group")).toHaveLength(2));
  await user.click(byId("batch-select-1"));
  await user.click(byId("edit-pace"));
  expect(await faults()).toEqual([]);
  await user.click(byId("fix-contact"));
  await screen.findByTestId("mend-dialog");
  expect(await faults()).toEqual([]);
  await user.click(byId("mend-cancel"));
  await user.click(byId("resend-unknown"));
  await screen.findByRole("alertdialog");
  expect(await faults()).toEqual([]);
});

test("the form's plan and the review of many have no fault that axe finds", async () => {
  const { user } = openApp({ rows: 45, filled: true });
  await screen.findByTestId("variable-Name");
  await user.click(byId("sendMode.column"));
  expect(await faults()).toEqual([]);
  await user.click(byId("sendMode.groups"));
  await user.click(byId("review-button"));
  await user.click(await screen.findByTestId("dry-run"));
  await screen.findByTestId("dry-run-result");
  expect(await faults()).toEqual([]);
  await user.click(byId("test-send"));
  await screen.findByTestId("test-contact");
  expect(await faults()).toEqual([]);
});
