/** Small changes of a draft that more than one place makes. */
import type { Credential, CredentialData, CredentialType, Draft, Placement } from "../../api/types";
import type { ChosenDocument } from "../../platform";

export function emptyData(type: CredentialType): CredentialData {
  switch (type) {
    case "DOCUMENT":
      return { kind: "document", fileName: "", base64: "" };
    case "CONSENT":
      return { kind: "consent", text: "", url: "" };
    case "JSON":
      return { kind: "json", text: "" };
    case "POLICY":
      return { kind: "none" };
  }
}

export function emptyCredential(type: CredentialType): Credential {
  return {
    type,
    name: "",
    scope: "",
    validFrom: "",
    validUntil: "",
    description: "",
    internalId: "",
    data: emptyData(type),
    placements: [],
    action: { id: "", userParams: "" },
  };
}

/** Near the foot of the first page, where signatures usually stand. */
export function emptyPlacement(): Placement {
  return {
    contact: "",
    type: "SIGNATURE",
    identityType: "",
    x: 10,
    y: 80,
    width: 30,
    height: 8,
    pageIndex: 0,
  };
}

/** Puts a dropped PDF into the first document that has none, or adds a document for it. */
export function withDocument(draft: Draft, { fileName, base64 }: ChosenDocument): Draft {
  const data: CredentialData = { kind: "document", fileName, base64 };
  const waiting = draft.credentials.findIndex(
    (one) => one.data.kind === "document" && !one.data.base64,
  );
  const at = waiting < 0 ? draft.credentials.length : waiting;
  const name = fileName.replace(/\.pdf$/i, "");
  const into = draft.credentials[at] ?? emptyCredential("DOCUMENT");
  const filled = { ...into, name: into.name || name, data };
  return { ...draft, credentials: replaceAt(draft.credentials, at, filled) };
}

export function replaceAt<T>(list: readonly T[], at: number, item: T): T[] {
  return [...list.slice(0, at), item, ...list.slice(at + 1)];
}

export function removeAt<T>(list: readonly T[], at: number): T[] {
  return [...list.slice(0, at), ...list.slice(at + 1)];
}
