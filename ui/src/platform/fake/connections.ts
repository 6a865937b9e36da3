/** The stand-in's connections and their webhook secrets. */
import type { ConnectionForm, ConnectionView, Pace, WebhookForm } from "../../api/types";
import type { Platform } from "../platform";
import { FAKE_PACE } from "./plan";
import { problem } from "./requests";

export function fakeConnections(live: boolean) {
  let all: ConnectionView[] = live
    ? [
        { ...connectionView("live", "Humanos production", false), current: true },
        { ...connectionView("practice", "Practice", true), current: false },
      ]
    : [connectionView("practice", "Practice", true)];
  const change = (id: string, to: Partial<ConnectionView>) =>
    (all = all.map((one) => (one.id === id ? { ...one, ...to } : one)));

  const commands = {
    connections: () => all,
    saveConnection(form: ConnectionForm): ConnectionView {
      const id = form.id ?? crypto.randomUUID();
      if (!form.name.trim()) {
        throw problem("invalid-field", "Give the connection a name.", "connection.name");
      }
      if (!URL.canParse(form.baseUrl)) {
        throw problem("invalid-field", "This is not an address.", "connection.baseUrl");
      }
      const old = all.find((one) => one.id === id);
      const view: ConnectionView = {
        ...(old ?? connectionView(id, form.name, false)),
        name: form.name,
        baseUrl: form.baseUrl,
        apiVersion: form.apiVersion,
        proxy: form.proxy,
        hasCa: form.caPem === null ? (old?.hasCa ?? false) : form.caPem !== "",
        ...(form.apiKey ? { apiKeyHint: form.apiKey.slice(-4) } : {}),
        ...(form.signatureSecret ? { secretHint: form.signatureSecret.slice(-4) } : {}),
      };
      if (old) change(id, view);
      else all = [...all, { ...view, current: false }];
      return view;
    },
    removeConnection(id: string) {
      all = all.filter((one) => one.id !== id);
      return null;
    },
    useConnection(id: string) {
      all = all.map((one) => ({ ...one, current: one.id === id }));
      return null;
    },
    testConnection: () => ({
      status: 200,
      message: "The server accepted the keys.",
      serverDate: null,
      clockSkewMs: 120,
    }),
    saveWebhook(id: string, form: WebhookForm) {
      const old = all.find((one) => one.id === id)?.webhook ?? null;
      const hintOf = (field: keyof WebhookForm) => {
        const hint = form[field].slice(-4) || old?.[field];
        if (!hint) throw problem("invalid-field", "Paste it from Humanos.", `webhook.${field}`);
        return hint;
      };
      const webhook = {
        signatureSecret: hintOf("signatureSecret"),
        encryptionSecret: hintOf("encryptionSecret"),
        encryptionSalt: hintOf("encryptionSalt"),
      };
      return change(id, { webhook });
    },
    removeWebhook: (id: string) => change(id, { webhook: null }),
  } satisfies Partial<Record<keyof Platform, unknown>>;

  return {
    commands,
    all: () => all,
    current: () => all.find((one) => one.current),
    setPace: (id: string, pace: Pace) => void change(id, { pace }),
  };
}

function connectionView(id: string, name: string, practice: boolean): ConnectionView {
  return {
    id,
    name,
    baseUrl: practice ? "http://127.0.0.1:49213" : "https://api.humanos.id",
    apiVersion: "2026-05-20",
    proxy: "",
    hasCa: false,
    practice,
    apiKeyHint: "7f2a",
    apiKeyFingerprint: "a1b2 c3d4",
    secretHint: "09cd",
    secretFingerprint: "e5f6 0718",
    kept: practice ? null : "keyring",
    current: practice,
    pace: FAKE_PACE,
    webhook: null,
  };
}
