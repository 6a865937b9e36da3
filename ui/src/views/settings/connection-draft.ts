/** What is being typed about a connection, and which of its fields a refusal is about. */
import type { ConnectionForm, ConnectionView, Problem } from "../../api/types";

export type Draft = Omit<ConnectionForm, "id" | "caPem"> & {
  caPem: string;
  /** Take away the certificate that is stored. */
  dropCa: boolean;
};

export type DraftField = Exclude<keyof Draft, "dropCa">;

const FIELDS: DraftField[] = [
  "name",
  "baseUrl",
  "apiVersion",
  "apiKey",
  "signatureSecret",
  "proxy",
  "caPem",
];

export function draftOf(connection: ConnectionView | null): Draft {
  return {
    name: connection?.name ?? "",
    baseUrl: connection?.baseUrl ?? "",
    apiVersion: connection?.apiVersion ?? "2026-05-20",
    apiKey: "",
    signatureSecret: "",
    proxy: connection?.proxy ?? "",
    caPem: "",
    dropCa: false,
  };
}

/** Blank secrets of a stored connection keep what is stored, and so does a blank certificate. */
export function formOf(draft: Draft, connection: ConnectionView | null): ConnectionForm {
  const { dropCa, caPem, ...typed } = draft;
  const kept = connection?.hasCa && !dropCa ? null : "";
  return { id: connection?.id ?? null, ...typed, caPem: caPem.trim() ? caPem : kept };
}

/** Fields that may not be blank, in the order of the form. */
export function blanks(draft: Draft, fresh: boolean): DraftField[] {
  const needed: DraftField[] = ["name", "baseUrl", "apiVersion"];
  if (fresh) needed.push("apiKey", "signatureSecret");
  return needed.filter((field) => !draft[field].trim());
}

export function fieldOf(problem: Problem): DraftField | null {
  const name = problem.field?.replace(/^connection\./, "");
  return FIELDS.find((field) => field === name) ?? null;
}
