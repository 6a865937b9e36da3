/** What came of a check, in words. */
import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { CheckKind, InLedger, ReceiptCheck } from "../../api/types";
import type { Tone } from "../../components";

export interface VerdictWords {
  tone: Tone;
  title: MessageDescriptor;
  /** What that means, or what to do. */
  text: MessageDescriptor;
}

const UNSIGNED: VerdictWords = {
  tone: "warning",
  title: msg`This receipt fits together, but it is not signed`,
  text: msg`It was made before receipts were signed: anybody could have written it. Rely on it only if it agrees with the ledger, and export it again.`,
};

const HOLDS: Record<CheckKind, VerdictWords> = {
  receipt: {
    tone: "good",
    title: msg`This receipt holds`,
    text: msg`Nothing in it was changed since it was signed.`,
  },
  pdf: {
    tone: "good",
    title: msg`This PDF holds`,
    text: msg`Neither its pages nor the receipt inside were changed since it was sealed.`,
  },
  pack: {
    tone: "good",
    title: msg`This evidence pack holds`,
    text: msg`Nothing in it was changed, added or taken out since it was sealed, and every receipt in it holds.`,
  },
  "old-receipt": UNSIGNED,
  unknown: {
    tone: "good",
    title: msg`This file holds`,
    text: msg`Nothing in it was changed since it was signed.`,
  },
};

const UNKNOWN_KEY: VerdictWords = {
  tone: "warning",
  title: msg`It holds, but whose key signed it is not known here`,
  text: msg`Nothing in it was changed since it was signed. Compare the fingerprint below with the one that the asker gave you another way, such as by phone.`,
};

const BROKEN: VerdictWords = {
  tone: "error",
  title: msg`It does not hold: it is not as it was signed`,
  text: msg`Do not rely on it. Ask whoever gave it to you for the file as it was made.`,
};

const UNREADABLE: VerdictWords = {
  tone: "error",
  title: msg`This file could not be checked`,
  text: msg`It is no receipt, PDF or evidence pack of Countersign, or so much of it is damaged that it cannot be read.`,
};

export function verdictWords({ kind, verdict }: ReceiptCheck): VerdictWords {
  switch (verdict) {
    case "holds":
      return HOLDS[kind];
    case "holds-unknown-key":
      return UNKNOWN_KEY;
    case "unsigned":
      return UNSIGNED;
    case "broken":
      return BROKEN;
    case "unreadable":
      return UNREADABLE;
  }
}

export const IN_LEDGER: Record<InLedger, { tone: Tone; text: MessageDescriptor }> = {
  agrees: { tone: "good", text: msg`The ledger on this computer says the same.` },
  differs: {
    tone: "error",
    text: msg`The ledger on this computer says something else. Check the ledger below: one of the two was changed.`,
  },
  "not-here": {
    tone: "neutral",
    text: msg`The ledger on this computer has nothing to compare it with: it was not signed here.`,
  },
  closed: { tone: "neutral", text: msg`The ledger is closed, so it was not compared.` },
};

export const KINDS: Record<CheckKind, MessageDescriptor> = {
  receipt: msg`Receipt (JSON)`,
  "old-receipt": msg`Receipt of an earlier version (JSON)`,
  pdf: msg`Receipt (PDF)`,
  pack: msg`Evidence pack (ZIP)`,
  unknown: msg`Another kind of file`,
};

/** "bytes 120 to 163"; null where it is not known. */
export function bytesWords(from: number | null, to: number | null, i18n: I18n): string | null {
  if (from === null) return null;
  const first = i18n.number(from);
  const last = i18n.number(to ?? from);
  return i18n._(first === last ? msg`byte ${first}` : msg`bytes ${first} to ${last}`);
}

/** "Events 1,201 to 1,250" */
export function eventsWords(from: number | null, to: number | null, i18n: I18n): string | null {
  if (from === null) return null;
  const first = i18n.number(from);
  const last = i18n.number(to ?? from);
  return i18n._(first === last ? msg`Event ${first}` : msg`Events ${first} to ${last}`);
}
