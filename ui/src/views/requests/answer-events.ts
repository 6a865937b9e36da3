/** Events about answers in plain words: returns, sessions, payloads and where a request stood. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { standingWords } from "./standings";

export interface AnswerEventWords {
  title: MessageDescriptor;
  /** Sentences below it. */
  said: MessageDescriptor[];
  /** Names and values that came with it, in their order. */
  pairs: [string, string][];
}

/** Null for events of another kind. */
export function answerEventWords(
  kind: string,
  noted: Record<string, unknown>,
  practice: boolean,
): AnswerEventWords | null {
  switch (kind) {
    case "returned":
      return returned(noted);
    case "session-opened":
      return words(msg`Opened in a window here`);
    case "payload-opened":
      return words(msg`Answer opened here`, [wayOf(noted.way)]);
    case "payload-kept":
      return words(msg`An answer came that could not be opened; it is kept as it came`, [
        wayOf(noted.way),
      ]);
    case "strayed":
      return words(msg`Something came that belongs to no request here`, [wayOf(noted.way)]);
    case "status-seen": {
      if (typeof noted.standing !== "string") return null;
      const { badge } = standingWords(noted.standing);
      const asked = practice
        ? msg`Asked the practice server how it stands`
        : msg`Asked Humanos how it stands`;
      return words(asked, [badge]);
    }
    default:
      return null;
  }
}

function returned(noted: Record<string, unknown>): AnswerEventWords {
  const pairs = pairsIn(noted.query);
  return {
    title: msg`The person came back to this app`,
    said: present([
      wayOf(noted.way),
      noted.repeated === true && msg`Not for the first time: the address was opened again.`,
      noted.late === true && msg`Late: long after the request was made, or after it was cancelled.`,
      pairs.length > 0
        ? msg`Whoever opened the address brought this; it proves nothing:`
        : msg`It brought nothing with it.`,
      noted.cut === true && msg`More came than is kept.`,
    ]),
    pairs,
  };
}

const WAYS: Record<string, MessageDescriptor> = {
  "deep-link": msg`By a link to this app.`,
  loopback: msg`By a page of this computer.`,
  session: msg`In the window opened here.`,
  brought: msg`Brought here by you.`,
  webhook: msg`A webhook, brought here by you.`,
};

function wayOf(way: unknown): MessageDescriptor | null {
  return typeof way === "string" && Object.hasOwn(WAYS, way) ? (WAYS[way] ?? null) : null;
}

function pairsIn(query: unknown): [string, string][] {
  if (!Array.isArray(query)) return [];
  return query.flatMap((pair: unknown): [string, string][] => {
    if (!Array.isArray(pair)) return [];
    const [name, value] = pair as unknown[];
    return typeof name === "string" && typeof value === "string" ? [[name, value]] : [];
  });
}

function words(
  title: MessageDescriptor,
  said: (MessageDescriptor | null)[] = [],
): AnswerEventWords {
  return { title, said: present(said), pairs: [] };
}

function present(said: (MessageDescriptor | null | false)[]): MessageDescriptor[] {
  return said.filter((one) => one !== null && one !== false);
}
