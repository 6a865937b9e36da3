import { i18n } from "@lingui/core";
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Answer, AnswerContent, AnswerView } from "../api/types";
import { answerView, sampleAnswer, SAMPLE_CONTENTS } from "../platform/fake/payload-samples";
import { openView } from "../test/open";
import { AnswerCard } from "./AnswerCard";
import { fieldWords, freshnessWords, headline, lengthOf } from "./words";

const maria = { contact: "maria@example.com", id: null, internalId: null };
const say = (content: AnswerContent, change: Partial<Answer> = {}) =>
  headline({ ...sampleAnswer(content.kind), user: maria, content, ...change }, i18n);
const { credential, identity } = SAMPLE_CONTENTS as {
  credential: Extract<AnswerContent, { kind: "credential" }>;
  identity: Extract<AnswerContent, { kind: "identity" }>;
};

test("each decision about a credential has its sentence", () => {
  expect(say(credential)).toBe("maria@example.com accepted Terms 2026");
  expect(say({ ...credential, decision: "rejected" })).toBe(
    "maria@example.com rejected Terms 2026",
  );
  expect(say({ ...credential, decision: "postponed" })).toBe(
    "maria@example.com decided “postponed” about Terms 2026",
  );
  expect(say({ ...credential, decision: null })).toBe("About Terms 2026: no decision is named");
  expect(say({ ...credential, name: null })).toContain("urn:via:credential:1");
  expect(say({ ...credential, name: null, id: null }, { user: null })).toBe(
    "Somebody accepted a credential without a name",
  );
});

test("each result of an identity check has its sentence", () => {
  expect(say(identity)).toBe("maria@example.com passed the identity check");
  expect(say({ ...identity, passed: false })).toContain("did not pass");
  expect(say({ ...identity, passed: null })).toContain("its result is not told");
});

test("an undelivered code, a test and an unknown kind have theirs", () => {
  expect(say(SAMPLE_CONTENTS["otp-failed"])).toContain("could not be delivered");
  expect(say(SAMPLE_CONTENTS.test)).toBe("A test message");
  expect(say({ kind: "unknown" }, { event: "wallet.moved" })).toContain("“wallet.moved”");
  expect(say({ kind: "unknown" }, { event: null })).toBe(
    "An answer of a kind this version does not know",
  );
});

test("every field of an identity check has a label, others keep their wire name", () => {
  const documented =
    "fullName birth gender nationality placeOfBirth addresses documentType docId fullDocId countryAlpha3 issueDate expiresAt placeOfIssue height weight";
  for (const name of documented.split(" ")) expect(fieldWords(name), name).not.toBeNull();
  expect(fieldWords("shoeSize")).toBeNull();
  expect(fieldWords("constructor")).toBeNull();
});

test("ages are told in the unit that fits", () => {
  expect(lengthOf(1_000, i18n)).toBe("1 second");
  expect(lengthOf(301_000, i18n)).toBe("5 minutes");
  expect(lengthOf(26 * 3_600_000, i18n)).toBe("26 hours");
  expect(lengthOf(9 * 86_400_000, i18n)).toBe("9 days");
  expect(freshnessWords({ kind: "old", ms: 301_000 }, i18n)).toContain("sent it again");
  expect(freshnessWords({ kind: "ahead", ms: 301_000 }, i18n)).toContain("in the future");
  expect(freshnessWords({ kind: "unknown", ms: 0 }, i18n)).toContain("not known");
});

function show(change: Partial<AnswerView>) {
  const view = answerView({ id: "1", ...change });
  openView(<AnswerCard view={view} />);
  return screen.getByTestId("answer-1").textContent;
}

test("who decided what and when stands in the card", () => {
  const words = show({});
  expect(words).toMatch(/john\.doe@example\.com accepted · [^+]*2026[^+]*14:31/);
  expect(words).toContain("+351912345678 has not decided");
});

test("an identity check shows its fields, suspicion and all of several values", () => {
  const words = show({
    answer: { ...sampleAnswer("identity"), content: { ...identity, passed: false, fraud: true } },
  });
  expect(words).toContain("Humanos suspects fraud");
  expect(words).toContain("Full nameJohn Practice Doe");
  expect(words).toContain("1 Example Street2 Example Street");
  expect(words).toContain("shoeSize42");
});

test("an undelivered code says why and where it is sent again", () => {
  const words = show({ answer: sampleAnswer("otp-failed") });
  expect(words).toContain("The carrier refused the message · CARRIER_REJECTED");
  expect(words).toContain("/v1/otp/resend/1");
});

test("of an unknown kind the rest is open to read", () => {
  show({ answer: sampleAnswer("unknown") });
  expect(screen.getByText("wallet.to").closest("details")).toHaveProperty("open", true);
  expect(screen.getByText('"elsewhere"')).toBeTruthy();
});

test("what is not signed is a hint, by an unconfirmed profile", () => {
  const words = show({});
  expect(words).toContain("best-guess");
  expect(words).toContain("unconfirmed");
  expect(words).toContain("hint until Humanos says the same");
  expect(words).not.toContain("Signature");
});

test("a webhook says how its signature and age are", () => {
  const words = show({
    way: "webhook",
    profile: null,
    signature: "right",
    freshness: { kind: "fresh", ms: 2_000 },
  });
  expect(words).toContain("Signature right");
  expect(words).toContain("Signed 2 seconds before it came here");
  expect(words).not.toContain("unconfirmed");
  expect(words).not.toContain("hint until");
});

test("a wrong signature is not to be relied on", () => {
  expect(show({ way: "webhook", profile: null, signature: "wrong" })).toContain(
    "Do not rely on it",
  );
});

test("the text as it came is there, and says when it is cut", () => {
  const words = show({ raw: "é".repeat(10), rawBytes: 20 });
  expect(words).not.toContain("Only its start is shown");
  expect(screen.getByTestId("answer-1-raw").textContent).toBe("é".repeat(10));
});

test("a cut text says that it is cut", () => {
  expect(show({ raw: "abc", rawBytes: 90_000 })).toContain("Only its start is shown");
});

test("long lists and long words of others are cut, and that is said", () => {
  const decisions = Array.from({ length: 80 }, () => ({
    id: null,
    contact: "x".repeat(5_000),
    accepted: true,
    decidedAt: "not a moment",
  }));
  const words = show({
    answer: { ...sampleAnswer("credential"), content: { ...credential, decisions } },
  });
  expect(words).toContain("and 30 more");
  expect(words.length).toBeLessThan(50 * 400);
  expect(words).toContain("not a moment");
});

test("what could not be opened is tried again, and says how far each profile came", async () => {
  const { user, platform } = openView(null);
  await platform.openPayload('{"for":"another"}', "", false);
  const [kept] = await platform.looseAnswers();
  if (!kept) throw new Error("nothing was kept");
  openView(<AnswerCard view={kept} />, { platform });
  expect(screen.getByTestId(`answer-${kept.id}`).textContent).toContain(
    "Kept as it came; could not be opened",
  );
  await user.click(screen.getByTestId(`answer-${kept.id}-retry`));
  await waitFor(() =>
    expect(screen.getByTestId("open-outcome").textContent).toContain(
      "It still could not be opened",
    ),
  );
  expect(screen.getByTestId("traces").textContent).toContain("does not fit any key here");
});
