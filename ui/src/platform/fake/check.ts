/** A few of the rules the shell checks: enough to see issues at fields and in the summary. */
import type { Draft, Form, Issue, IssueCode } from "../../api/types";

export function emptyDraft(): Draft {
  return {
    contacts: [],
    name: "",
    securityLevel: null,
    groupIds: [],
    resourcesIds: [],
    credentials: [],
    language: "",
    redirectUrl: "",
    internalId: "",
    pubKey: "",
    authorizedDIDs: [],
    expectedDocIds: [],
  };
}

export function fakeCheck({ draft, returnTo }: Form, contacts: string[]): Issue[] {
  const issues: Issue[] = [];
  const say = (path: string, code: IssueCode, message: string) =>
    issues.push({ path, code, message });

  if (contacts.length === 0) say("contacts", "missing", "Add at least one person to ask");
  if (draft.groupIds.length + draft.resourcesIds.length + draft.credentials.length === 0) {
    say("resourcesIds", "at-least-one", "Choose at least one resource, group or credential");
  }
  draft.groupIds.forEach((id, at) => {
    if (!/^[0-9a-f]{24}$/.test(id)) {
      say(`groupIds.${at}`, "stray-character", "A group id has 24 characters, 0-9 and a-f");
    }
  });
  draft.credentials.forEach((credential, at) => {
    const path = `credentials.${at}`;
    if (!credential.name.trim()) say(`${path}.name`, "missing", "Give the credential a name");
    if (credential.data.kind === "document" && !credential.data.base64) {
      say(`${path}.data`, "missing", "Choose a PDF");
    }
    if (credential.data.kind === "consent" && !credential.data.text.trim()) {
      say(`${path}.data.text`, "missing", "Write what the person consents to");
    }
    if (credential.type === "POLICY" && !credential.action.id.trim()) {
      say(`${path}.action.id`, "missing", "Give the id of the action");
    }
    const { validFrom, validUntil } = credential;
    if (validFrom && validUntil && Date.parse(validFrom) >= Date.parse(validUntil)) {
      say(`${path}.validUntil`, "date-order", "Must be later than the start");
    }
  });
  if (returnTo === "web" && !draft.redirectUrl) {
    say("redirectUrl", "missing", "Write the address of the web page");
  } else if (returnTo === "web" && !URL.canParse(draft.redirectUrl)) {
    say("redirectUrl", "url", "Write a whole address, such as https://example.com/done");
  }
  draft.expectedDocIds.forEach((expected, at) => {
    if (!contacts.includes(expected.contact)) {
      say(`expectedDocIds.${at}.contact`, "not-in-contacts", "Nobody in the list has this contact");
    }
    if (!expected.docId) say(`expectedDocIds.${at}.docId`, "missing", "Give the document number");
  });
  return issues;
}
