/** From an issue's wire path to the control that mends it. */
import type { Draft, Issue, ReturnTo, SendPlan } from "../../api/types";
import { hasVariables } from "./variables";

/** Lists that are one text area each: an entry's issue is shown there, naming its line. */
const LINES = new Set(["groupIds", "resourcesIds", "authorizedDIDs"]);

export interface PlacedIssue {
  /** Path of the control; null where the form has none for it. */
  control: string | null;
  message: string;
  /** 1-based line of the text area, where the issue is about one entry. */
  line: number | null;
}

/** Every control the form shows for this draft, by path. */
export function controlsOf(draft: Draft, plan?: SendPlan, returnTo?: ReturnTo): Set<string> {
  const controls = new Set([
    "sendMode",
    "contacts",
    "name",
    "securityLevel",
    "groupIds",
    "resourcesIds",
    "credentials",
    "language",
    "returnTo",
    "internalId",
    "pubKey",
    "authorizedDIDs",
    "expectedDocIds",
    "Idempotency-Key",
  ]);
  if (returnTo === "web") controls.add("redirectUrl");
  if (plan?.sendMode === "groups") controls.add("groupSize");
  if (plan?.sendMode === "column") controls.add("groupColumn");
  if (hasVariables(draft)) controls.add("leaveEmpty");
  draft.credentials.forEach((credential, at) => {
    const path = `credentials.${at}`;
    for (const field of CREDENTIAL_FIELDS) controls.add(`${path}.${field}`);
    if (credential.type === "CONSENT") {
      controls.add(`${path}.data.text`).add(`${path}.data.url`);
    } else if (credential.type === "POLICY") {
      controls.add(`${path}.action.id`).add(`${path}.action.userParams`);
    } else {
      controls.add(`${path}.data`);
    }
    if (credential.type === "DOCUMENT") controls.add(`${path}.placements`);
    credential.placements.forEach((placement, index) => {
      for (const field of PLACEMENT_FIELDS) {
        if (field === "identityType" && placement.type !== "IDENTITY_FIELD") continue;
        controls.add(`${path}.placements.${index}.${field}`);
      }
    });
  });
  draft.expectedDocIds.forEach((_, at) => {
    controls.add(`expectedDocIds.${at}.contact`).add(`expectedDocIds.${at}.docId`);
  });
  return controls;
}

export function placeIssue(issue: Issue, controls: ReadonlySet<string>): PlacedIssue {
  const [first = "", entry] = issue.path.split(".");
  const line = LINES.has(first) && entry && /^\d+$/.test(entry) ? Number(entry) + 1 : null;
  return { control: controlFor(issue.path, controls), message: issue.message, line };
}

/** Does a change of the field at `changed` bear on an issue at `path`? */
export function coversPath(changed: string, path: string): boolean {
  // Another way back takes another address.
  if (changed === "returnTo" && path === "redirectUrl") return true;
  return path === changed || path.startsWith(`${changed}.`) || changed.startsWith(`${path}.`);
}

function controlFor(path: string, controls: ReadonlySet<string>): string | null {
  const renamed = /^(idempotencyKey|headers\.idempotency-key)$/i.test(path)
    ? "Idempotency-Key"
    : path;
  for (let at = renamed; at; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    if (controls.has(at)) return at;
    // The whole of something: its first control.
    const inside = FIRST_INSIDE.map((field) => `${at}.${field}`).find((one) => controls.has(one));
    if (inside) return inside;
  }
  // The choice that would show the control.
  if (path === "redirectUrl") return "returnTo";
  return PLAN_FIELDS.has(path) ? "sendMode" : null;
}

const CREDENTIAL_FIELDS = [
  "type",
  "name",
  "scope",
  "validFrom",
  "validUntil",
  "description",
  "internalId",
];
const PLACEMENT_FIELDS = [
  "contact",
  "type",
  "identityType",
  "x",
  "y",
  "width",
  "height",
  "pageIndex",
];
const PLAN_FIELDS = new Set(["groupSize", "groupColumn", "leaveEmpty"]);
const FIRST_INSIDE = ["name", "text", "id", "contact", "type"];
