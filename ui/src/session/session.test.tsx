import { I18nProvider } from "@lingui/react";
import { i18n } from "@lingui/core";
import { act, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { SessionSaid } from "../api/types";
import { messages } from "../locales/en/messages.po";
import { answerView } from "../platform/fake/payload-samples";
import { LONGEST, MOST_WAITING } from "./messages";
import { SessionPage } from "./SessionPage";
import { readTold } from "./told";

const ORIGIN = "https://app.humanos.id";
const told = { src: `${ORIGIN}/r/1?pubKey=a`, origin: ORIGIN, contact: "maria@example.com" };

beforeEach(() => i18n.loadAndActivate({ locale: "en", messages }));

function open(answer: (text: string) => Promise<SessionSaid> | SessionSaid = opened) {
  const pass = vi.fn(async (text: string) => answer(text));
  render(
    <I18nProvider i18n={i18n}>
      <SessionPage told={told} pass={pass} />
    </I18nProvider>,
  );
  const frame = screen.getByTestId("session-frame") as HTMLIFrameElement;
  const post = (data: unknown, from: { origin?: string; source?: Window | null } = {}) =>
    act(async () => {
      const source = from.source === undefined ? frame.contentWindow : from.source;
      dispatchEvent(new MessageEvent("message", { data, origin: from.origin ?? ORIGIN, source }));
    });
  return { pass, post, frame };
}

const opened = (): SessionSaid => ({ outcome: "opened", answer: answerView() });
const state = () => screen.getByTestId("session-state").textContent;

test("the page of the person is framed, with whom it is for and where it comes from", () => {
  const { frame } = open();
  expect(frame.contentWindow).not.toBeNull();
  expect(frame.getAttribute("src")).toBe(told.src);
  expect(frame.getAttribute("allow")).toBe("camera");
  expect(frame.getAttribute("referrerpolicy")).toBe("no-referrer");
  expect(frame.title).toContain("maria@example.com");
  expect(document.body.textContent).toContain(ORIGIN);
  expect(state()).toBe("Waiting for an answer");
});

test("a message of the frame is handed over as it is, and what came is said", async () => {
  const { pass, post } = open();
  await post('{"data": 1}');
  expect(pass).toHaveBeenLastCalledWith('{"data": 1}');
  await waitFor(() =>
    expect(state()).toBe("An answer came: john.doe@example.com accepted Terms 2026"),
  );
  expect(screen.getByTestId("session-answer").textContent).toContain("+351912345678");

  await post({ data: { iv: "q83v" } });
  expect(pass).toHaveBeenLastCalledWith('{"data":{"iv":"q83v"}}');
  await waitFor(() => expect(state()).toContain("(2 came so far)"));
});

test("another origin or another window is not listened to", async () => {
  const { pass, post } = open();
  await post("a", { origin: "https://humanos.id" });
  await post("b", { origin: "https://app.humanos.id.evil.example" });
  await post("c", { origin: "null" });
  await post("d", { source: window });
  await post("e", { source: null });
  expect(pass).not.toHaveBeenCalled();
  expect(state()).toBe("Waiting for an answer");
});

test("what is too long is refused and said, also when only its bytes are too many", async () => {
  const { pass, post } = open();
  await post("x".repeat(9 * 1024 * 1024));
  expect(screen.getByTestId("session-refused").textContent).toContain("more than 8 MiB");
  await post({ data: "é".repeat(LONGEST / 2) });
  expect(pass).not.toHaveBeenCalled();
  await post("x".repeat(LONGEST));
  expect(pass).toHaveBeenCalledTimes(1);
});

test("what cannot be written as text is refused and said", async () => {
  const { pass, post } = open();
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  for (const data of [cyclic, 1n, new ArrayBuffer(8), new Map([["a", 1]])]) {
    await post(data);
  }
  expect(pass).not.toHaveBeenCalled();
  expect(screen.getByTestId("session-refused").textContent).toContain("cannot be written as text");
});

test("a key __proto__ is handed over as text and changes nothing here", async () => {
  const { pass, post } = open();
  await post(JSON.parse('{"__proto__":{"polluted":true},"data":"u1Yc"}'));
  expect(pass).toHaveBeenLastCalledWith('{"__proto__":{"polluted":true},"data":"u1Yc"}');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("one message is handed over after the other, and a flood is refused in part", async () => {
  const answers: ((said: SessionSaid) => void)[] = [];
  const { pass, post } = open(() => new Promise((resolve) => answers.push(resolve)));
  for (let at = 0; at < MOST_WAITING + 1; at++) await post(`m${at}`);
  expect(pass).toHaveBeenCalledTimes(1);
  expect(screen.getByTestId("session-refused").textContent).toContain("More messages came");
  await act(async () => answers[0]?.(opened()));
  expect(pass).toHaveBeenCalledTimes(2);
  expect(pass).toHaveBeenLastCalledWith("m1");
});

test("what the shell makes of a message is said, and noise does not cover an answer", async () => {
  const says: (SessionSaid | Error)[] = [
    { outcome: "kept", answer: null },
    opened(),
    { outcome: "refused", answer: null },
    new Error("disk full"),
    { outcome: "known", answer: null },
  ];
  const { post } = open(() => {
    const next = says.shift();
    if (next instanceof Error) throw next;
    return next ?? opened();
  });
  await post("1");
  await waitFor(() => expect(state()).toContain("It is kept as it came"));
  await post("2");
  await waitFor(() => expect(state()).toContain("An answer came: "));
  await post("3");
  await waitFor(() => expect(state()).toContain("no answer. It was not kept"));
  expect(state()).toContain("An answer came: ");
  await post("4");
  await waitFor(() => expect(state()).toContain("could not be kept: disk full"));
  await post("5");
  await waitFor(() => expect(state()).toContain("The same answer came again"));
});

const fragment = (value: unknown) => {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const encoded = btoa(String.fromCharCode(...bytes));
  return `#${encoded.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
};

test("the address is read, with any contact", () => {
  const contact = "josé+ção@example.com";
  expect(readTold(fragment({ ...told, contact, lang: "en" }))).toEqual({ ...told, contact });
  const practice = { src: "http://127.0.0.1:49213/link/1", origin: "http://127.0.0.1:49213" };
  expect(readTold(fragment({ ...practice, contact }))).toEqual({ ...practice, contact });
});

test.each([
  ["nothing", ""],
  ["no base64", "#%%%"],
  ["no JSON", `#${btoa("{")}`],
  ["bytes that are no text", "#_w"],
  ["no object", fragment(null)],
  ["a part missing", fragment({ src: told.src, origin: ORIGIN })],
  ["another origin", fragment({ ...told, origin: "https://example.com" })],
  [
    "plain http elsewhere",
    fragment({ ...told, src: "http://a.example/", origin: "http://a.example" }),
  ],
  [
    "a name for this computer",
    fragment({ ...told, src: "http://localhost:1/", origin: "http://localhost:1" }),
  ],
  ["a script", fragment({ ...told, src: "javascript:alert(1)", origin: "null" })],
  ["data", fragment({ ...told, src: "data:text/html,x", origin: "null" })],
  ["somebody's password", fragment({ ...told, src: "https://a:b@app.humanos.id/" })],
  ["too much", fragment({ ...told, contact: "x".repeat(70_000) })],
])("an address with %s opens nothing", (_, encoded) => {
  expect(readTold(encoded)).toBeNull();
});
