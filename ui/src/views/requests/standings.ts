/** What each standing of a request means, as a badge and as a sentence. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Standing } from "../../api/types";
import type { StateWords } from "./states";

const STANDINGS: Record<Standing, StateWords> = {
  cancelled: {
    tone: "neutral",
    badge: msg`Cancelled at Humanos`,
    sentence: msg`Nobody can answer it any more.`,
  },
  done: {
    tone: "good",
    badge: msg`Done`,
    sentence: msg`Every credential was accepted and is active.`,
  },
  rejected: {
    tone: "error",
    badge: msg`Rejected`,
    sentence: msg`At least one credential was rejected.`,
  },
  pending: {
    tone: "warning",
    badge: msg`Waiting`,
    sentence: msg`At least one answer is still missing.`,
  },
  closed: {
    tone: "neutral",
    badge: msg`Closed`,
    sentence: msg`No answer is missing, but not every credential is active.`,
  },
  unclear: {
    tone: "warning",
    badge: msg`Unclear`,
    sentence: msg`What Humanos said does not tell how it stands. It is shown as it came.`,
  },
};

/** A standing this version does not know is shown as it is. */
export function standingWords(standing: string): StateWords {
  if (Object.hasOwn(STANDINGS, standing)) return STANDINGS[standing as Standing];
  const raw: MessageDescriptor = { id: standing, message: standing };
  return { tone: "neutral", badge: raw, sentence: STANDINGS.unclear.sentence };
}
