/** How the stand-in's requests end: state, failure and events for each kind of answer. */
import type { EventView, FailureView, Issue, RequestState } from "../../api/types";

export type Answer = "accepted" | "duplicate" | FailureView["kind"];

interface Ending {
  state: RequestState;
  status: number | null;
  said: string[];
}

const ENDINGS: Record<Answer, Ending> = {
  accepted: { state: "accepted", status: 201, said: [] },
  duplicate: { state: "refused", status: 409, said: ["Idempotency-Key was used before"] },
  "field-errors": {
    state: "refused",
    status: 400,
    said: ["redirectUrl must be a URL address", "credentials.0.name should not be empty"],
  },
  unauthorized: { state: "refused", status: 401, said: ["Unauthorized"] },
  payment: { state: "refused", status: 402, said: ["Plan limit reached"] },
  conflict: { state: "refused", status: 409, said: ["Idempotency-Key was used before"] },
  "too-many": { state: "refused", status: 429, said: ["Too Many Requests"] },
  server: { state: "refused", status: 503, said: ["Service Unavailable"] },
  refused: { state: "refused", status: 400, said: ["Failed to generate credentials request"] },
  network: { state: "not-sent", status: null, said: ["the server could not be reached"] },
  unknown: { state: "unknown", status: null, said: ["no reply within 30 seconds"] },
  malformed: { state: "unknown", status: 200, said: ["the reply is not JSON"] },
};

export function endingOf(answer: Answer): Ending {
  return ENDINGS[answer];
}

export function failureOf(answer: Answer): FailureView | null {
  if (answer === "accepted") return null;
  const { status, said } = ENDINGS[answer];
  const fields: Issue[] =
    answer === "field-errors"
      ? said.map((message) => ({ path: message.split(" ")[0] ?? "", code: "server", message }))
      : [];
  return { kind: answer === "duplicate" ? "conflict" : answer, status, said, fields };
}

/** As the ledger tells them: a kind, and what it noted as JSON. */
export function eventsOf(answer: Answer, at: number): EventView[] {
  const { status, state, said } = ENDINGS[answer];
  const event = (after: number, kind: string, noted: object): EventView => ({
    atMs: at + after,
    kind,
    text: JSON.stringify(noted),
  });
  const ended =
    status !== null
      ? event(420, "reply-received", { attempt: 1, status })
      : state === "not-sent"
        ? event(420, "not-sent", { attempt: 1, reason: said[0] })
        : event(30_000, "no-reply", { attempt: 1, reason: said[0] });
  return [
    event(0, "planned", { people: 2, practice: true }),
    event(5, "attempt-started", { attempt: 1, timestamp: at + 5 }),
    ended,
  ];
}

/** What the ledger tells of a person who answered. */
export function answerEvents(at: number): EventView[] {
  const event = (after: number, kind: string, noted: object): EventView => ({
    atMs: at + after,
    kind,
    text: JSON.stringify(noted),
  });
  const payload = { payload: "answer-credential", sha256: "5f2c", way: "session" };
  return [
    event(60_000, "session-opened", { subject: "subject-0" }),
    event(90_000, "payload-opened", { opened: true, ...payload }),
    event(90_500, "payload-kept", { opened: false, ...payload, way: "brought" }),
    event(91_000, "returned", {
      cut: false,
      query: [
        ["status", "done"],
        ["status", "again"],
      ],
      repeated: true,
      way: "deep-link",
      late: true,
    }),
    event(92_000, "status-seen", { standing: "pending" }),
  ];
}
