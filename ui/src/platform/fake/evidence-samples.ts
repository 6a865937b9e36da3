/** What the stand-in finds when it checks. */
import type { CheckFacts, Damage, ReceiptCheck, RequestDetail } from "../../api/types";

export const FAKE_HEAD = {
  size: 48_211,
  root: "9f2bdacc71d2adb98e50fcc85d672bb7e32574999d66df1e66074649d1b4f6a8",
};

const FACTS: CheckFacts = {
  officer: "Ana Martins",
  organisation: "Banco do Rio",
  requestName: "Client onboarding 1",
  requestId: "0198c5a2-6f0e-7c31-9d6b-0f4a1be2c7d1",
  people: 2,
  state: "accepted",
  exportedAtUtc: "2026-11-24T14:05:00Z",
  interim: false,
  practice: false,
  kid: "cLnHbrtsCe0rUEdBKkhlGPEM2Mep8Yrd1Xk2Sx2mF6Y",
  fingerprint: "70b9 c76e bb6c 09ed 2b50 4741 2a48 6518 f10c d8c7 a9f1 8add d579 364b 1da6 17a6",
  keyKnown: true,
  headSize: FAKE_HEAD.size,
  headRoot: FAKE_HEAD.root,
  stampedBy: "",
  stampedAtUtc: "",
  receipts: 1,
};

export function fakeReceiptCheck(
  change: Partial<Omit<ReceiptCheck, "facts">> & { facts?: Partial<CheckFacts> | null } = {},
): ReceiptCheck {
  const { facts = {}, ...rest } = change;
  return {
    file: "receipt.json",
    kind: "receipt",
    verdict: "holds",
    findings: [],
    ledger: "agrees",
    ...rest,
    facts: facts === null ? null : { ...FACTS, ...facts },
  };
}

export function fakeDamages(request: RequestDetail | undefined): Damage[] {
  return [
    {
      code: "unreadable",
      words: "These events cannot be read: this part of the file is damaged.",
      from: 1_201,
      to: 1_250,
      request: null,
      requestName: null,
    },
    {
      code: "body",
      words: "The stored body is not the one that was planned.",
      from: 1_302,
      to: 1_302,
      request: request?.id ?? null,
      requestName: request?.name ?? null,
    },
  ];
}
