import { screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import { openApp } from "../../../test/open";

const byId = (id: string) => screen.getByTestId(id);
const PATH = "credentials.0.data";

async function openJson() {
  const opened = openApp();
  const { user } = opened;
  await user.click(await screen.findByTestId("add-credential"));
  await user.selectOptions(byId("credentials.0.type"), "JSON");
  const text = async () => {
    if (!(byId(`${PATH}.view.raw`) as HTMLInputElement).checked) {
      await user.click(byId(`${PATH}.view.raw`));
    }
    return (byId(PATH) as HTMLTextAreaElement).value;
  };
  return { ...opened, text };
}

test("labelled fields and the raw text are two views of one value", async () => {
  const { user, text } = await openJson();
  await user.click(byId(`${PATH}.view.fields`));
  await user.click(byId(`${PATH}.add`));
  await waitFor(() => expect(document.activeElement).toBe(byId(`${PATH}.0.label`)));
  await user.keyboard("Amount");
  await user.selectOptions(byId(`${PATH}.0.type`), "number");
  await user.clear(byId(`${PATH}.0.value`));
  await user.type(byId(`${PATH}.0.value`), "1.");
  expect(byId(`issue-${PATH}.0.value`).textContent).toContain("Not a number yet");
  await user.type(byId(`${PATH}.0.value`), "50");
  expect(screen.queryByTestId(`issue-${PATH}.0.value`)).toBeNull();
  await user.click(byId(`${PATH}.0.hidden`));
  expect(await text()).toBe(
    '[\n  { "label": "Amount", "type": "number", "value": 1.50, "hidden": true }\n]',
  );
  await user.clear(byId(PATH));
  await user.click(byId(PATH));
  await user.paste('[{"label":"City","type":"string","value":"Porto"}]');
  await user.click(byId(`${PATH}.view.fields`));
  expect(byId(`${PATH}.0.value`)).toHaveProperty("value", "Porto");
  await user.click(byId(`${PATH}.0.remove`));
  expect(document.activeElement).toBe(byId(`${PATH}.add`));
  expect(await text()).toBe("[]");
});

test("JSON of another shape is kept as it is", async () => {
  const { user, text } = await openJson();
  await user.click(byId(PATH));
  await user.paste('{"limit": 1.0}');
  await user.click(byId(`${PATH}.view.fields`));
  expect(byId(`${PATH}.other`).textContent).toContain("no list of labelled fields");
  expect(screen.queryByTestId(`${PATH}.add`)).toBeNull();
  expect(await text()).toBe('{"limit": 1.0}');
});

test("labelled fields have no fault that axe finds", async () => {
  const { user } = await openJson();
  await user.click(byId(`${PATH}.view.fields`));
  for (const [at, type] of ["number", "boolean", "url"].entries()) {
    await user.click(byId(`${PATH}.add`));
    await user.selectOptions(byId(`${PATH}.${at}.type`), type);
  }
  const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };
  const { violations } = await axe.run(byId("credentials"), { rules });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
