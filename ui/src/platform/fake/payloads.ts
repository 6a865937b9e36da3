/**
 * How the stand-in opens what is brought to it. A JSON object is a payload; one with `for: "another"` no key here
 * opens, until own profiles are saved. One with `signed` is a webhook: `signed` is "right", "wrong" or "old", and it
 * needs the secrets of a connection. `mine` joins it to the first request that was sent, and `later` does so once it
 * is tried again. `say` names the kind of answer inside.
 */
import type {
  AnswerContent,
  AnswerView,
  OpenResult,
  ProfilesView,
  TraceView,
} from "../../api/types";
import type { Platform } from "../platform";
import { answerView, sampleAnswer, SAMPLE_CONTENTS } from "./payload-samples";
import { problem } from "./requests";

const OLD_MS = 26 * 3_600_000;
const TEMPLATE = '{ "format": "countersign-envelope-profiles", "version": 1, "profiles": [] }';

/** What of the stand-in the opening reads. */
interface Desk {
  hasSecrets(): boolean;
  firstRequest(): { id: string; name: string } | undefined;
}

export function fakePayloads(desk: Desk) {
  let kept: AnswerView[] = [];
  let profiles: ProfilesView = {
    builtIn: [
      { name: "best-guess", note: "Unconfirmed. The best guess.", confirmed: false },
      { name: "salt-sent", note: "Unconfirmed. With the salt in the message.", confirmed: false },
    ],
    own: [],
    text: "",
  };

  const tracesOf = (opened: boolean): TraceView[] =>
    [...profiles.own, ...profiles.builtIn].map(({ name }, at) => ({
      profile: name,
      opened: opened && at === 0,
      reached: opened && at === 0 ? "opened" : "the key in it does not fit any key here",
    }));
  const result = (change: Partial<OpenResult>): OpenResult => ({
    outcome: "opened",
    answer: null,
    freshness: null,
    traces: [],
    ...change,
  });

  const commands = {
    openPayload(text: string, headers: string, anyAge: boolean): OpenResult {
      const known = kept.find((one) => one.raw === text);
      if (known) return result({ outcome: "known", answer: known });
      const payload = objectIn(text);
      if (!payload) return result({ outcome: "not-a-payload" });
      const base = { id: `payload-${kept.length + 1}`, atMs: Date.now(), raw: text };
      const joined = "mine" in payload ? desk.firstRequest() : undefined;
      const brought = {
        ...base,
        rawBytes: text.length,
        answer: sampleAnswer(kindIn(payload)),
        request: joined?.id ?? null,
        requestName: joined?.name ?? null,
      };
      if (typeof payload.signed === "string") {
        if (!desk.hasSecrets()) return result({ outcome: "no-secrets" });
        if (payload.signed === "wrong") return result({ outcome: "bad-signature" });
        const old = payload.signed === "old";
        const freshness = {
          kind: old ? ("old" as const) : ("fresh" as const),
          ms: old ? OLD_MS : 2_000,
        };
        if (old && !anyAge) return result({ outcome: "too-old", freshness });
        const signature = headers.trim() ? ("right" as const) : ("missing" as const);
        const answer = answerView({
          ...brought,
          way: "webhook",
          profile: null,
          signature,
          freshness: headers.trim() ? freshness : null,
        });
        kept = [answer, ...kept];
        return result({ answer, freshness });
      }
      const opens = payload.for !== "another" || profiles.own.length > 0;
      const answer = answerView({
        ...brought,
        way: "brought",
        opened: opens,
        ...(opens ? {} : { profile: null, answer: null }),
      });
      kept = [answer, ...kept];
      return result({ outcome: opens ? "opened" : "kept", answer, traces: tracesOf(opens) });
    },
    choosePayload: () => ({ fileName: "answer.json", text: '{"say":"identity"}' }),
    dropsGoTo: () => null,
    looseAnswers: () => kept.filter(({ request }) => request === null),
    retryAnswer(id: string): OpenResult {
      const answer = kept.find((one) => one.id === id);
      if (profiles.own.length === 0) {
        return result({ outcome: "kept", answer: answer ?? null, traces: tracesOf(false) });
      }
      if (!answer) throw problem("unknown-item", "no such payload");
      const opened = {
        ...answer,
        opened: true,
        profile: profiles.own[0]?.name ?? null,
        request: answer.raw.includes("later") ? (desk.firstRequest()?.id ?? null) : answer.request,
        answer: sampleAnswer("credential"),
      };
      kept = kept.map((one) => (one.id === id ? opened : one));
      return result({ answer: opened, traces: tracesOf(true) });
    },
    profiles: () => profiles,
    saveProfiles(text: string): ProfilesView {
      const file = text.trim() ? objectIn(text) : {};
      if (!file) throw problem("invalid-field", "The profiles are not JSON.", "profiles");
      const names = Array.isArray(file.profiles) ? (file.profiles as { name?: string }[]) : [];
      const own = names.map(({ name = "own" }) => ({ name, note: "", confirmed: true }));
      profiles = { ...profiles, own, text: text.trim() };
      return profiles;
    },
    profilesTemplate: () => TEMPLATE,
    chooseProfiles: () => ({
      fileName: "profiles.json",
      text: '{"profiles":[{"name":"from-a-file"}]}',
    }),
    tryPayload(text: string): TraceView[] {
      const payload = objectIn(text);
      return payload ? tracesOf(payload.for !== "another") : [];
    },
  } satisfies Partial<Record<keyof Platform, unknown>>;
  return { commands };
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function kindIn({ say }: Record<string, unknown>): AnswerContent["kind"] {
  return typeof say === "string" && say in SAMPLE_CONTENTS
    ? (say as AnswerContent["kind"])
    : "credential";
}
