/** Answers in words: who did what, what an identity check read, and how long ago something was signed. */
import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import type { Answer, AnswerWay, FreshnessView, OpenResult, Signature } from "../api/types";
import type { Tone } from "../components/Badge";

/** Words of others are cut here; all of them are in the text as it came. */
const LONGEST = 300;

export function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** One sentence that says what came. */
export function headline(answer: Answer, i18n: I18n): string {
  const { content } = answer;
  const who = whoOf(answer) ?? i18n._(msg`Somebody`);
  switch (content.kind) {
    case "credential": {
      const what = short(content.name ?? content.internalId ?? content.id ?? "") || null;
      const name = what ?? i18n._(msg`a credential without a name`);
      if (content.decision === "accepted") return i18n._(msg`${who} accepted ${name}`);
      if (content.decision === "rejected") return i18n._(msg`${who} rejected ${name}`);
      if (content.decision === null) return i18n._(msg`About ${name}: no decision is named`);
      const decision = short(content.decision);
      return i18n._(msg`${who} decided “${decision}” about ${name}`);
    }
    case "identity":
      if (content.passed === true) return i18n._(msg`${who} passed the identity check`);
      if (content.passed === false) return i18n._(msg`${who} did not pass the identity check`);
      return i18n._(msg`An identity check of ${who}: its result is not told`);
    case "otp-failed":
      return i18n._(msg`The code for ${who} could not be delivered`);
    case "test":
      return i18n._(msg`A test message`);
    case "unknown": {
      const event = short(answer.event ?? "");
      return event
        ? i18n._(msg`An answer of a kind this version does not know: “${event}”`)
        : i18n._(msg`An answer of a kind this version does not know`);
    }
  }
}

function whoOf({ user }: Answer): string | null {
  return short(user?.contact ?? user?.internalId ?? user?.id ?? "") || null;
}

const FIELDS: Record<string, MessageDescriptor> = {
  fullName: msg`Full name`,
  birth: msg`Born`,
  gender: msg`Gender`,
  nationality: msg`Nationality`,
  placeOfBirth: msg`Place of birth`,
  addresses: msg`Addresses`,
  documentType: msg`Kind of document`,
  docId: msg`Document number`,
  fullDocId: msg`Document number in full`,
  countryAlpha3: msg`Country of the document`,
  issueDate: msg`Issued on`,
  expiresAt: msg`Expires on`,
  placeOfIssue: msg`Place of issue`,
  height: msg`Height`,
  weight: msg`Weight`,
};

/** Null for a field this version does not know. */
export function fieldWords(name: string): MessageDescriptor | null {
  return Object.hasOwn(FIELDS, name) ? (FIELDS[name] ?? null) : null;
}

export const WAYS: Record<AnswerWay, MessageDescriptor> = {
  session: msg`from the page opened here`,
  brought: msg`brought here by you`,
  webhook: msg`a webhook, brought here by you`,
};

export const SIGNATURES: Record<Signature, { tone: Tone; text: MessageDescriptor }> = {
  right: { tone: "good", text: msg`Signature right` },
  wrong: { tone: "error", text: msg`Signature wrong` },
  missing: { tone: "warning", text: msg`No signature given` },
  unreadable: { tone: "warning", text: msg`Signature cannot be read` },
};

export function freshnessWords({ kind, ms }: FreshnessView, i18n: I18n): string {
  const long = lengthOf(ms, i18n);
  switch (kind) {
    case "fresh":
      return i18n._(msg`Signed ${long} before it came here.`);
    case "old":
      return i18n._(
        msg`Signed ${long} before it came here. Somebody who caught it may have sent it again.`,
      );
    case "ahead":
      return i18n._(msg`Signed ${long} in the future, as this computer's clock sees it.`);
    case "unknown":
      return i18n._(msg`When it was signed is not known.`);
  }
}

/** What came of opening a payload, in a sentence or two. `again`: it was kept before and only tried again. */
export function outcomeWords({ outcome, freshness }: OpenResult, again: boolean, i18n: I18n) {
  switch (outcome) {
    case "opened":
      return i18n._(msg`Opened and written to the ledger.`);
    case "known":
      return i18n._(msg`This payload was here before. Nothing changed.`);
    case "kept":
      return again
        ? i18n._(msg`It still could not be opened.`)
        : i18n._(msg`It could not be opened. It is kept as it came.`);
    case "too-old": {
      if (!freshness) return i18n._(msg`The signature is right, but it is not fresh.`);
      const long = lengthOf(freshness.ms, i18n);
      return freshness.kind === "ahead"
        ? i18n._(msg`The signature is right, but it was signed ${long} in the future.`)
        : i18n._(msg`The signature is right, but it was signed ${long} ago.`);
    }
    case "bad-signature":
      return again
        ? i18n._(msg`The signature is wrong. It was not opened.`)
        : i18n._(msg`The signature is wrong. It was not opened and not kept.`);
    case "no-secrets":
      return i18n._(
        msg`This is a webhook, but no connection has webhook secrets. It was not opened.`,
      );
    case "not-a-payload":
      return i18n._(msg`This is no encrypted answer. Nothing was kept.`);
  }
}

/** "2 seconds", "5 minutes", "26 hours", "9 days". */
export function lengthOf(ms: number, i18n: I18n): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 90) return i18n._(msg`${plural(seconds, { one: "# second", other: "# seconds" })}`);
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return i18n._(msg`${plural(minutes, { one: "# minute", other: "# minutes" })}`);
  const hours = Math.round(minutes / 60);
  if (hours < 48) return i18n._(msg`${plural(hours, { one: "# hour", other: "# hours" })}`);
  const days = Math.round(hours / 24);
  return i18n._(msg`${plural(days, { one: "# day", other: "# days" })}`);
}
