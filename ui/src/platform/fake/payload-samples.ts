/** Made-up answers of every kind, and where a request stands, for the stand-in. */
import type { Answer, AnswerContent, AnswerView, StatusView } from "../../api/types";

export const SAMPLE_CONTENTS: Record<AnswerContent["kind"], AnswerContent> = {
  credential: {
    kind: "credential",
    id: "urn:via:credential:1",
    name: "Terms 2026",
    internalId: null,
    resourceType: "CONSENT",
    status: "ACTIVE",
    decision: "accepted",
    decidedAt: "2026-11-24T14:31:00.000Z",
    decisions: [
      {
        id: "d1",
        contact: "john.doe@example.com",
        accepted: true,
        decidedAt: "2026-11-24T14:31:00.000Z",
      },
      { id: "d2", contact: "+351912345678", accepted: null, decidedAt: null },
    ],
  },
  identity: {
    kind: "identity",
    passed: true,
    fraud: false,
    riskScore: "12",
    outcome: "CLEAR",
    message: null,
    date: "2026-11-24T14:30:00.000Z",
    fields: [
      { name: "fullName", values: ["John Practice Doe"] },
      { name: "birth", values: ["1980-01-01"] },
      { name: "addresses", values: ["1 Example Street", "2 Example Street"] },
      { name: "shoeSize", values: ["42"] },
    ],
  },
  "otp-failed": {
    kind: "otp-failed",
    code: "CARRIER_REJECTED",
    message: "The carrier refused the message",
    resendEndpoint: "/v1/otp/resend/1",
  },
  test: { kind: "test", message: "Hello from Humanos" },
  unknown: { kind: "unknown" },
};

const EVENTS: Record<AnswerContent["kind"], string> = {
  credential: "credential",
  identity: "identity",
  "otp-failed": "otp.failed",
  test: "test",
  unknown: "wallet.moved",
};

export function sampleAnswer(kind: AnswerContent["kind"]): Answer {
  return {
    event: EVENTS[kind],
    requestId: "507f1f77bcf86cd799439011",
    internalId: null,
    issuerDid: "did:web:humanos.example",
    apiVersion: "2026-05-20",
    user: { contact: "john.doe@example.com", id: "subject-0", internalId: null },
    content: SAMPLE_CONTENTS[kind],
    rest: kind === "unknown" ? [{ path: "wallet.to", json: '"elsewhere"' }] : [],
  };
}

export function answerView(change: Partial<AnswerView> = {}): AnswerView {
  const raw = '{"ephemeralPublicKey":"MFkw…","iv":"q83v","data":"u1Yc…","tag":"9a=="}';
  return {
    id: crypto.randomUUID(),
    atMs: Date.now() - 60_000,
    way: "session",
    opened: true,
    profile: "best-guess",
    confirmed: false,
    signature: null,
    freshness: null,
    request: null,
    requestName: null,
    raw,
    rawBytes: raw.length,
    answer: sampleAnswer("credential"),
    ...change,
  };
}

export function sampleStatus(): StatusView {
  return {
    atMs: Date.now(),
    standing: "pending",
    credentials: [
      {
        id: "urn:via:credential:1",
        name: "Terms 2026",
        status: "DRAFT",
        decisions: [
          {
            contact: "john.doe@example.com",
            accepted: true,
            decidedAt: "2026-11-24T14:31:00.000Z",
          },
        ],
      },
    ],
    subjects: [
      { contact: "john.doe@example.com", identityStatus: "KYC", kyc: "APPROVED" },
      { contact: "+351912345678", identityStatus: null, kyc: null },
    ],
  };
}
