/** The stand-in's reviews, sent requests and their receipts. */
import type { Form, Problem, RequestDetail, Review } from "../../api/types";
import { endingOf, eventsOf, failureOf, type Answer } from "./answers";

export type { Answer };

export interface FakeConnection {
  name: string;
  practice: boolean;
  apiVersion: string;
}

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
  const given = Object.entries({ ...form.draft, contacts }).filter(
    ([, value]) => value !== null && value !== "" && (!Array.isArray(value) || value.length > 0),
  );
  const body = JSON.stringify(Object.fromEntries(given));
  return {
    id: crypto.randomUUID(),
    people: contacts.length,
    leftOut,
    connectionName: to.name,
    practice: to.practice,
    method: "POST",
    url: to.practice ? "http://127.0.0.1:49213/request" : "https://api.humanos.id/request",
    headers: [
      ["Authorization", "Bearer ••••••7f2a"],
      ["X-Timestamp", "set when sent"],
      ["X-Signature", "HMAC-SHA256, set when sent"],
      ["API-Version", to.apiVersion],
      ["Idempotency-Key", form.idempotencyKey],
      ["Content-Type", "application/json"],
      ["Accept", "application/json"],
    ],
    body,
    sha256: "5f2c91ab07de4c3390b1c2f6a1d2e3f45f2c91ab07de4c3390b1c2f6a1d2e3f4",
    bytes: new TextEncoder().encode(body).length,
    warnings: leftOut > 0 ? [`${leftOut} rows with errors are left out`] : [],
  };
}

export function fakeRequest(
  review: Review,
  form: Form,
  contacts: string[],
  answer: Answer,
  at = Date.now(),
): RequestDetail {
  const accepted = answer === "accepted";
  const { state, status } = endingOf(answer);
  return {
    id: review.id,
    name: form.draft.name || "Request without a name",
    internalId: form.draft.internalId,
    humanosId: accepted ? "507f1f77bcf86cd799439011" : null,
    state,
    people: review.people,
    securityLevel: form.draft.securityLevel ?? "CONTACT",
    connectionName: review.connectionName,
    practice: review.practice,
    url: review.url,
    apiVersion: "2026-05-20",
    idempotencyKey: form.idempotencyKey,
    body: review.body,
    bodySha256: review.sha256,
    createdAtMs: at,
    failure: failureOf(answer),
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
