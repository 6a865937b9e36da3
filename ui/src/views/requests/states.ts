/** What each state of a request means, as a badge and as a sentence. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { RequestDetail } from "../../api/types";
import type { Tone } from "../../components";

export interface StateWords {
  tone: Tone;
  badge: MessageDescriptor;
  sentence: MessageDescriptor;
}

const STATES: Record<string, StateWords> = {
  planned: {
    tone: "neutral",
    badge: msg`Not sent yet`,
    sentence: msg`Written down, not sent yet. Nobody was asked.`,
  },
  sending: {
    tone: "neutral",
    badge: msg`Sending`,
    sentence: msg`On its way. The answer appears here.`,
  },
  accepted: {
    tone: "good",
    badge: msg`Accepted`,
    sentence: msg`Accepted: the people below are being asked.`,
  },
  cancelled: {
    tone: "neutral",
    badge: msg`Cancelled`,
    sentence: msg`Cancelled before it was sent. Nobody was asked.`,
  },
  refused: {
    tone: "error",
    badge: msg`Refused`,
    sentence: msg`Refused: nobody was asked.`,
  },
  unknown: {
    tone: "warning",
    badge: msg`No answer: may have arrived`,
    sentence: msg`No clear answer: it may have arrived, and people may have been asked.`,
  },
  "not-sent": {
    tone: "warning",
    badge: msg`Not sent`,
    sentence: msg`Not sent: it did not leave this computer. Nobody was asked.`,
  },
};

const PRACTISED = msg`Accepted by the practice server. Nobody receives a message.`;

const NOT_CERTAIN = msg`Refused. Whether anybody was asked is not certain.`;

/** A fault or a conflict on the other side does not prove that nothing was done there. */
export function outcomeSentence(request: RequestDetail): MessageDescriptor {
  const { state, practice, failure } = request;
  const doubtful = failure?.kind === "server" || failure?.kind === "conflict";
  return state === "refused" && doubtful ? NOT_CERTAIN : stateWords(state, practice).sentence;
}

/** A state this version does not know is shown as it is. */
export function stateWords(state: string, practice: boolean): StateWords {
  const known = STATES[state];
  if (!known) {
    const raw = { id: state, message: state };
    return { tone: "neutral", badge: raw, sentence: raw };
  }
  return practice && state === "accepted" ? { ...known, sentence: PRACTISED } : known;
}

const LEVELS: Record<string, MessageDescriptor> = {
  CONTACT: msg`Contact only`,
  ORGANIZATION_KYC: msg`Your own KYC`,
  HUMANOS_KYC: msg`Humanos KYC`,
  HUMANOS_REVALIDATION: msg`Humanos revalidation`,
};

export function levelWords(level: string): MessageDescriptor {
  return LEVELS[level] ?? { id: level, message: level };
}
