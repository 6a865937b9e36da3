/** The stand-in's reviews, sent requests and their receipts. */
import type { Form, Problem, RequestDetail, Review, ReviewRequest } from "../../api/types";
import { endingOf, eventsOf, failureOf, type Answer } from "./answers";
import { FAKE_PACE, groupsOf } from "./plan";

export type { Answer };

export interface FakeConnection {
  name: string;
  practice: boolean;
  apiVersion: string;
}

/** So many people that the officer is asked twice. */
const ASKS_AGAIN = 1000;

export function problem(
  code: Problem["code"],
  message: string,
  field: string | null = null,
): Problem {
  return { code, message, field };
}

export function fakeReview(
  form: Form,
  contacts: string[],
  leftOut: number,
  to: FakeConnection,
): Review {
  const groups = groupsOf(contacts, form.plan);
  return {
    id: crypto.randomUUID(),
    people: contacts.length,
    leftOut,
    requests: groups.length,
    splitRequests: 0,
    seconds: Math.ceil((groups.length * 60) / FAKE_PACE.perMinute),
    pace: FAKE_PACE,
    asksAgain: contacts.length > ASKS_AGAIN,
    connectionName: to.name,
    practice: to.practice,
    warnings: leftOut > 0 ? [`${leftOut} rows with errors are left out`] : [],
    request: fakeReviewRequest(form, groups[0] ?? [], 1, to),
  };
}

export function fakeReviewRequest(
  form: Form,
  contacts: string[],
  number: number,
  to: FakeConnection,
): ReviewRequest {
  const redirectUrl = {
    none: "",
    web: form.draft.redirectUrl,
    app: `countersign://return/${number}`,
  }[form.returnTo];
  const given = Object.entries({ ...form.draft, redirectUrl, contacts }).filter(
    ([, value]) => value !== null && value !== "" && (!Array.isArray(value) || value.length > 0),
  );
  const body = JSON.stringify(Object.fromEntries(given));
  const key = number === 1 ? form.idempotencyKey : `${form.idempotencyKey.slice(0, -4)}${number}`;
  return {
    number,
    people: contacts.length,
    contacts: contacts.slice(0, 20),
    method: "POST",
    url: to.practice ? "http://127.0.0.1:49213/request" : "https://api.humanos.id/request",
    headers: [
      ["Authorization", "Bearer ••••••7f2a"],
      ["X-Timestamp", "set when sent"],
      ["X-Signature", "HMAC-SHA256, set when sent"],
      ["API-Version", to.apiVersion],
      ["Idempotency-Key", key],
      ["Content-Type", "application/json"],
      ["Accept", "application/json"],
    ],
    body,
    sha256: "5f2c91ab07de4c3390b1c2f6a1d2e3f45f2c91ab07de4c3390b1c2f6a1d2e3f4",
    bytes: new TextEncoder().encode(body).length,
  };
}

export interface FakeOfBatch {
  id: string;
  number: number;
}

export function fakeRequest(
  request: ReviewRequest,
  form: Form,
  contacts: string[],
  to: FakeConnection,
  answer: Answer,
  at = Date.now(),
  batch: FakeOfBatch | null = null,
): RequestDetail {
  const accepted = answer === "accepted";
  const { state, status } = endingOf(answer);
  return {
    id: crypto.randomUUID(),
    name: form.draft.name || "Request without a name",
    internalId: form.draft.internalId,
    humanosId: accepted ? "507f1f77bcf86cd799439011" : null,
    state,
    people: contacts.length,
    securityLevel: form.draft.securityLevel ?? "CONTACT",
    connectionName: to.name,
    practice: to.practice,
    batchId: batch?.id ?? null,
    url: request.url,
    apiVersion: "2026-05-20",
    idempotencyKey: form.idempotencyKey,
    body: request.body,
    bodySha256: request.sha256,
    createdAtMs: at,
    failure: failureOf(answer),
    returnTo: form.returnTo,
    status: null,
    answers: [],
    subjects: accepted
      ? contacts.map((contact, index) => ({
          index,
          id: `subject-${index}`,
          contact,
          link: `https://app.humanos.id/r/${index}`,
          hasCode: true,
        }))
      : [],
    credentials: accepted
      ? [{ id: "urn:via:credential:1", name: "Terms 2026", internalId: null }]
      : [],
    attempts: [
      {
        number: 1,
        startedAtMs: at,
        endedAtMs: state === "unknown" && status === null ? null : at + 420,
        result: state,
        status,
        serverDate: null,
        serverRequestId: null,
      },
    ],
    events: eventsOf(answer, at),
  };
}
