/** The one table from a problem's code to how grave it is, what it says and what to do. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Problem, ProblemCode } from "./types";

export type Severity = "error" | "warning";

export interface ProblemText {
  severity: Severity;
  text: MessageDescriptor;
  action: MessageDescriptor;
}

export const PROBLEMS: Record<ProblemCode, ProblemText> = {
  "keyring-locked": {
    severity: "warning",
    text: msg`The keyring of this computer is locked.`,
    action: msg`Unlock it, then try again.`,
  },
  "keyring-no-service": {
    severity: "error",
    text: msg`This computer has no keyring running.`,
    action: msg`Start one, or keep the keys behind a passphrase instead.`,
  },
  "keyring-no-answer": {
    severity: "warning",
    text: msg`The keyring did not answer.`,
    action: msg`It may be waiting for you in another window. Look for it, then try again.`,
  },
  "keyring-refused": {
    severity: "error",
    text: msg`The keyring refused.`,
    action: msg`Allow Countersign to use the keyring, then try again.`,
  },
  ledger: {
    severity: "error",
    text: msg`The ledger could not be read or written.`,
    action: msg`Check that the disk is not full, then try again.`,
  },
  "ledger-locked": {
    severity: "warning",
    text: msg`The ledger is locked.`,
    action: msg`Unlock it, then try again.`,
  },
  "passphrase-wrong": {
    severity: "error",
    text: msg`That is not the passphrase.`,
    action: msg`Check capital letters, then try again.`,
  },
  "passphrase-weak": {
    severity: "error",
    text: msg`This passphrase is too easy to guess.`,
    action: msg`Use a longer one: four or more unrelated words do well.`,
  },
  "recovery-key-wrong": {
    severity: "error",
    text: msg`That is not the recovery key.`,
    action: msg`Compare it with your copy, group by group.`,
  },
  "invalid-field": {
    severity: "error",
    text: msg`One of the fields cannot be used as it is.`,
    action: msg`Correct it, then try again.`,
  },
  "file-unreadable": {
    severity: "error",
    text: msg`The file could not be read.`,
    action: msg`Check that it opens on this computer, then choose it again.`,
  },
  "list-refused": {
    severity: "error",
    text: msg`The list could not be used.`,
    action: msg`Check the file, then try again.`,
  },
  "draft-has-issues": {
    severity: "error",
    text: msg`The request is not complete yet.`,
    action: msg`Go back and correct the fields that are marked.`,
  },
  "review-gone": {
    severity: "warning",
    text: msg`This review is no longer current. Nothing was sent.`,
    action: msg`Go back and review the request again.`,
  },
  "duplicate-idempotency-key": {
    severity: "error",
    text: msg`A request with this idempotency key exists already. Nothing was sent.`,
    action: msg`Change the idempotency key under “For your records”, then review again.`,
  },
  "secrets-missing": {
    severity: "error",
    text: msg`The keys of this connection are not on this computer. Nothing was sent.`,
    action: msg`Enter them under Settings, Connections.`,
  },
  "session-open": {
    severity: "warning",
    text: msg`Somebody is answering in another window already. It is in front now.`,
    action: msg`Finish there or close that window first.`,
  },
  "unknown-item": {
    severity: "warning",
    text: msg`This is no longer there.`,
    action: msg`Go back and look again.`,
  },
  "connection-failed": {
    severity: "error",
    text: msg`The server could not be reached.`,
    action: msg`Check the network and the connection under Settings.`,
  },
  busy: {
    severity: "warning",
    text: msg`Something else is still under way.`,
    action: msg`Wait for its end, or cancel it, then try again.`,
  },
  cancelled: {
    severity: "warning",
    text: msg`It was ended before it was done.`,
    action: msg`Nothing was changed. Start it again when you like.`,
  },
  clipboard: {
    severity: "warning",
    text: msg`The clipboard could not be used.`,
    action: msg`Select the text and copy it by hand.`,
  },
  "save-failed": {
    severity: "error",
    text: msg`This could not be saved.`,
    action: msg`Check that the disk is not full and that you may write there.`,
  },
  internal: {
    severity: "error",
    text: msg`Something went wrong inside Countersign.`,
    action: msg`Try again. If it stays, restart Countersign: what you typed is saved.`,
  },
};

/** Whatever was thrown, as a problem: a defect in the UI must not lose its words either. */
export function asProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    const { code, message } = thrown;
    const field = "field" in thrown && typeof thrown.field === "string" ? thrown.field : null;
    if (typeof code === "string" && code in PROBLEMS) {
      return { code: code as ProblemCode, message: String(message), field };
    }
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message, field: null };
}
