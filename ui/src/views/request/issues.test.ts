import { expect, test } from "vitest";
import { emptyDraft } from "../../platform/fake/check";
import { emptyCredential, emptyPlacement } from "./draft";
import { controlsOf, coversPath, placeIssue } from "./issues";

const draft = {
  ...emptyDraft(),
  credentials: [
    emptyCredential("CONSENT"),
    { ...emptyCredential("DOCUMENT"), placements: [emptyPlacement()] },
    emptyCredential("JSON"),
    emptyCredential("POLICY"),
  ],
  expectedDocIds: [{ contact: "", docId: "" }],
};
const controls = controlsOf(draft);
const placed = (path: string) => placeIssue({ path, code: "missing", message: "m" }, controls);

test.each([
  ["name", "name"],
  ["contacts", "contacts"],
  ["contacts.3", "contacts"],
  ["credentials", "credentials"],
  ["credentials.0", "credentials.0.name"],
  ["credentials.0.data", "credentials.0.data.text"],
  ["credentials.0.data.url", "credentials.0.data.url"],
  ["credentials.1.data", "credentials.1.data"],
  ["credentials.1.placements", "credentials.1.placements"],
  ["credentials.1.placements.0", "credentials.1.placements.0.contact"],
  ["credentials.1.placements.0.width", "credentials.1.placements.0.width"],
  ["credentials.2.data.text", "credentials.2.data"],
  ["credentials.3.action", "credentials.3.action.id"],
  ["credentials.3.action.userParams.limit", "credentials.3.action.userParams"],
  ["credentials.9.name", "credentials"],
  ["expectedDocIds.0", "expectedDocIds.0.contact"],
  ["expectedDocIds.0.docId", "expectedDocIds.0.docId"],
  ["idempotencyKey", "Idempotency-Key"],
])("an issue at %s is shown at %s", (path, control) => {
  expect(placed(path).control).toBe(control);
});

test("an issue of the return address is shown at its field, or at the choice that would show it", () => {
  const issue = { path: "redirectUrl", code: "url", message: "m" } as const;
  expect(placed("returnTo").control).toBe("returnTo");
  for (const returnTo of ["none", "app"] as const) {
    expect(placeIssue(issue, controlsOf(draft, undefined, returnTo)).control).toBe("returnTo");
  }
  expect(placeIssue(issue, controlsOf(draft, undefined, "web")).control).toBe("redirectUrl");
});

test("an issue that no control can mend has none", () => {
  expect(placed("").control).toBeNull();
  expect(placed("somethingNew.2").control).toBeNull();
});

test("an issue of one entry names the line of its text area", () => {
  expect(placed("groupIds.1")).toEqual({ control: "groupIds", line: 2, message: "m" });
  expect(placed("groupIds").line).toBeNull();
  expect(placed("credentials.1.name").line).toBeNull();
});

test("changing a field bears on its own issues and on those of what it is part of", () => {
  expect(coversPath("credentials.0.data.text", "credentials.0.data")).toBe(true);
  expect(coversPath("groupIds", "groupIds.1")).toBe(true);
  expect(coversPath("returnTo", "redirectUrl")).toBe(true);
  expect(coversPath("redirectUrl", "returnTo")).toBe(false);
  expect(coversPath("credentials.1.name", "credentials.10.name")).toBe(false);
  expect(coversPath("name", "credentials.0.name")).toBe(false);
});
