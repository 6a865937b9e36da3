/** Events of the ledger in plain words. A kind this version does not know is shown as it is. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { EventView, RequestDetail } from "../../api/types";
import { answerEventWords } from "./answer-events";

export interface EventWords {
  title: MessageDescriptor;
  /** What the ledger or Humanos noted beside it, as it is. */
  note: string | null;
  /** Sentences about it. */
  said: MessageDescriptor[];
  /** Names and values that came with it. */
  pairs: [string, string][];
}

/** What an event may carry; the ledger writes it as JSON. */
type Noted = Record<string, unknown>;

const TITLES: Record<string, MessageDescriptor> = {
  planned: msg`Written to the ledger`,
  "reply-received": msg`Humanos replied`,
  "no-reply": msg`No answer came`,
  "not-sent": msg`Not sent: nothing left this computer`,
  recovered: msg`Countersign was closed while sending: the answer is not known`,
  "status-seen": msg`Asked Humanos how it stands`,
  "put-back": msg`Put back by you, to be sent again`,
  "allowed-again": msg`You let it be sent again under its old key`,
  replaced: msg`A corrected request was made in its place`,
  replaces: msg`Made in place of a refused request`,
  cancelled: msg`Cancelled`,
  resent: msg`Code sent again`,
  "code-revealed": msg`Code shown to you`,
  exported: msg`Receipt exported`,
  "pack-exported": msg`Exported together with others`,
};

export function eventWords(
  event: EventView,
  { subjects, practice }: Pick<RequestDetail, "subjects" | "practice">,
): EventWords {
  const noted = parse(event.text);
  const title = titleOf(event.kind, noted, practice);
  const subject = subjects.find((one) => one.id === noted?.subject);
  const reason = typeof noted?.reason === "string" ? noted.reason : null;
  const note = noted ? (subject?.contact ?? reason) : event.text || null;
  const answer = answerEventWords(event.kind, noted ?? {}, practice);
  if (answer) return { ...answer, note };
  const rest = { said: [], pairs: [] };
  if (!title) return { title: raw(event.kind), note: event.text || null, ...rest };
  return { title, note, ...rest };
}

function titleOf(
  kind: string,
  noted: Noted | null,
  practice: boolean,
): MessageDescriptor | undefined {
  const { attempt, status } = noted ?? {};
  if (kind === "attempt-started") {
    if (typeof attempt !== "number" || attempt < 2) return msg`Sent`;
    return msg`Sent again, attempt ${attempt}: same bytes, same key`;
  }
  if (kind === "reply-received" && typeof status === "number") {
    return practice ? msg`The practice server replied ${status}` : msg`Humanos replied ${status}`;
  }
  return TITLES[kind];
}

function parse(text: string): Noted | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Noted) : null;
  } catch {
    return null;
  }
}

function raw(text: string): MessageDescriptor {
  return { id: text, message: text };
}
