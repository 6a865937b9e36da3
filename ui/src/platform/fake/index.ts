/**
 * The shell's stand-in: whole, but in memory, for tests and for looking at the UI in a browser
 * (`npm run dev`, then `?fake`). It is never part of a build.
 *
 * In the address: `stage=first-start|locked`, `lock=ledger-busy`, `keyring=no-service`, `rows=1200`, `wide` (the rows
 * come from a workbook with a column for each field), `slow` (lists and exports take a while), `live`,
 * `answer=field-errors` (any kind of failure), `sent=3`, `filled`, `batch=60` (that many requests, being sent),
 * `answered` (the first of what was sent has answers of every kind), `https` (this app's pages come by https),
 * `damaged` (the ledger is: exports say so, and a pack leaves out the request that is), `unstamped` (a time-stamp
 * authority is asked that does not answer), `document=3` (the form asks for a PDF of so many pages to be signed).
 */
import type {
  Form,
  ImportReport,
  ListProgress,
  ListSettings,
  RequestDetail,
  BatchView,
  CloseAsked,
  ExportProgress,
  Pace,
  PayloadFile,
  PlanProgress,
  Problem,
  ReceiptCheck,
  ReturnWay,
  SessionOrigin,
  Status,
} from "../../api/types";
import type { ChosenDocument, Platform } from "../platform";
import { fakeBatches } from "./batches";
import { emptyDraft, fakeCheck } from "./check";
import { fakeConnections } from "./connections";
import { fakeEvidence } from "./evidence";
import { defaultPlan, FAKE_PACE, fakeFormCheck, groupsOf } from "./plan";
import { fakeList } from "./list";
import { answerView, sampleAnswer, SAMPLE_CONTENTS, sampleStatus } from "./payload-samples";
import { fakePayloads } from "./payloads";
import { ENCODINGS } from "./sources";
import { fakeRequest, fakeReviewRequest, problem, type Answer } from "./requests";
import { answerEvents } from "./answers";
import { fakeReviewing } from "./reviewing";
import { answering, slowly } from "./answering";
import { documentDraft, exampleContacts, filledDraft, RECOVERY_KEY, REGIONS } from "./samples";
import { samplePdf } from "./sample-pdf";

export interface FakeOptions {
  status?: Partial<Status>;
  rows?: number;
  wide?: boolean;
  /** How long an import or an export takes, in ms. */
  slow?: number;
  live?: boolean;
  answer?: Answer;
  sent?: number;
  /** The first of what was sent has answers of every kind, and was asked for. */
  answered?: boolean;
  /** This app's pages come by https. */
  https?: boolean;
  /** The ledger has damaged places. */
  damaged?: boolean;
  /** An authority is asked for time stamps, and does not answer. */
  unstamped?: boolean;
  returnWay?: ReturnWay;
  filled?: boolean;
  /** The form asks for a document of so many pages to be signed. */
  document?: number;
  /** A batch of so many requests, of twenty people each, is under way. */
  batch?: number;
  /** Batches go on by themselves; otherwise only when `fake.step` is called. */
  goesOn?: boolean;
}

export interface FakePlatform extends Platform {
  /** What tests look at and turn. */
  fake: {
    form: Form;
    saves: number;
    /** Set to make the next commands of that name reject. */
    rejects: Partial<Record<keyof Platform, unknown>>;
    /** Set to make commands of that name wait for it. */
    holds: Partial<Record<keyof Platform, Promise<unknown>>>;
    answer: Answer;
    emitProgress(progress: ListProgress | null): void;
    emitListChanged(report: ImportReport): void;
    emitDrag(over: boolean): void;
    emitDocument(document: ChosenDocument): void;
    emitPlanProgress(progress: PlanProgress | null): void;
    emitCloseAsked(asked: CloseAsked): void;
    emitRequestChanged(request: string): void;
    emitPayload(file: PayloadFile): void;
    emitPayloadProblem(problem: Problem): void;
    emitExportProgress(progress: ExportProgress | null): void;
    emitReceiptChecking(file: string): void;
    emitReceipt(check: ReceiptCheck): void;
    emitReceiptProblem(problem: Problem): void;
    /** Changes a request as if something had arrived. */
    changeRequest(id: string, change: Partial<RequestDetail>): void;
    /** All batches go on by a step. */
    step(times?: number): void;
    changeBatch(id: string, change: Partial<BatchView>): void;
  };
}

export function fakeFromLocation(search: string): FakePlatform {
  const asked = new URLSearchParams(search);
  const stage = asked.get("stage") as Status["stage"] | null;
  const lock = asked.get("lock") as Status["lock"];
  const keyring = asked.get("keyring") as Status["keyring"] | null;
  return createFake({
    status: {
      ...(stage ? { stage, keep: stage === "first-start" ? null : "keyring" } : {}),
      ...(stage === "locked" ? { lock: lock ?? "passphrase" } : {}),
      ...(keyring ? { keyring } : {}),
    },
    rows: Number(asked.get("rows") ?? 0),
    wide: asked.has("wide"),
    slow: asked.has("slow") ? 4000 : 0,
    live: asked.has("live"),
    answer: (asked.get("answer") as Answer | null) ?? "accepted",
    sent: Number(asked.get("sent") ?? 0),
    answered: asked.has("answered"),
    https: asked.has("https"),
    damaged: asked.has("damaged"),
    unstamped: asked.has("unstamped"),
    filled: asked.has("filled"),
    document: Number(asked.get("document") ?? 0),
    batch: Number(asked.get("batch") ?? 0),
    goesOn: true,
  });
}

export function createFake(options: FakeOptions = {}): FakePlatform {
  let status: Status = {
    stage: "ready",
    lock: null,
    keyring: "available",
    keep: "keyring",
    appVersion: "0.1.0",
    ...options.status,
  };
  const list = fakeList();
  const fresh = (): Form => ({
    draft: emptyDraft(),
    idempotencyKey: crypto.randomUUID(),
    pendingContacts: "",
    plan: defaultPlan(),
    returnTo: "none",
  });
  let sent: RequestDetail[] = [];
  let officer = { name: "", organisation: "", contact: "" };
  const paces = new Map<string, Pace>();
  const connections = fakeConnections(options.live ?? false);
  let listSettings: ListSettings = { region: "PT", textMebibytes: 25 };
  const listeners = {
    progress: new Set<(progress: ListProgress | null) => void>(),
    list: new Set<(report: ImportReport) => void>(),
    drag: new Set<(over: boolean) => void>(),
    document: new Set<(document: ChosenDocument) => void>(),
    batch: new Set<(batch: BatchView) => void>(),
    closeAsked: new Set<(asked: CloseAsked) => void>(),
    planProgress: new Set<(progress: PlanProgress | null) => void>(),
    requestChanged: new Set<(request: string) => void>(),
    payload: new Set<(file: PayloadFile) => void>(),
    payloadProblem: new Set<(problem: Problem) => void>(),
    exportProgress: new Set<(progress: ExportProgress | null) => void>(),
    checking: new Set<(checking: { file: string }) => void>(),
    receipt: new Set<(check: ReceiptCheck) => void>(),
    receiptProblem: new Set<(problem: Problem) => void>(),
  };
  const hear = <T>(set: Set<(payload: T) => void>, listener: (payload: T) => void) => {
    set.add(listener);
    return () => void set.delete(listener);
  };

  const fake: FakePlatform["fake"] = {
    form: fresh(),
    saves: 0,
    rejects: {},
    holds: {},
    answer: options.answer ?? "accepted",
    emitProgress: (progress) => listeners.progress.forEach((listener) => listener(progress)),
    emitListChanged: (report) => listeners.list.forEach((listener) => listener(report)),
    emitDrag: (over) => listeners.drag.forEach((listener) => listener(over)),
    emitDocument: (document) => listeners.document.forEach((listener) => listener(document)),
    emitPlanProgress: (progress) => listeners.planProgress.forEach((hears) => hears(progress)),
    emitCloseAsked: (asked) => listeners.closeAsked.forEach((listener) => listener(asked)),
    emitRequestChanged: (request) => listeners.requestChanged.forEach((hears) => hears(request)),
    emitPayload: (file) => listeners.payload.forEach((listener) => listener(file)),
    emitPayloadProblem: (thrown) => listeners.payloadProblem.forEach((hears) => hears(thrown)),
    emitExportProgress: (progress) => listeners.exportProgress.forEach((hears) => hears(progress)),
    emitReceiptChecking: (file) => listeners.checking.forEach((listener) => listener({ file })),
    emitReceipt: (check) => listeners.receipt.forEach((listener) => listener(check)),
    emitReceiptProblem: (thrown) => listeners.receiptProblem.forEach((hears) => hears(thrown)),
    changeRequest: (id, change) => {
      sent = sent.map((one) => (one.id === id ? { ...one, ...change } : one));
      fake.emitRequestChanged(id);
    },
    step: (times = 1) => {
      for (let at = 0; at < times; at++) batches.step();
    },
    changeBatch: (id, change) => void batches.change(id, change),
  };
  const paceOf = (id: string) => paces.get(id) ?? FAKE_PACE;
  const payloads = fakePayloads({
    hasSecrets: () => connections.all().some(({ webhook }) => webhook !== null),
    firstRequest: () => sent[0],
  });
  const batches = fakeBatches(
    (batch) => listeners.batch.forEach((listener) => listener(batch)),
    paceOf,
  );
  const evidence = fakeEvidence({
    sent: () => sent,
    request: (id) => found(id),
    inBatch: (id) => batches.commands.batch(id).requests,
    tell: (progress) => fake.emitExportProgress(progress),
    slow: options.slow ?? 0,
    damaged: options.damaged ?? false,
    unstamped: options.unstamped ?? false,
  });
  if (options.rows && options.wide) list.addWide(exampleContacts(options.rows));
  else if (options.rows) list.add(exampleContacts(options.rows).join("\n"), "clients-q4.csv");
  if (options.document) fake.form = { ...fake.form, draft: documentDraft(options.document) };
  if (options.filled) fake.form = { ...fake.form, draft: filledDraft(), returnTo: "web" };

  const importing = slowly(options.slow ?? 0, (progress) => fake.emitProgress(progress));
  const reviewing = fakeReviewing({
    contacts: () => list.contacts(),
    leftOut: () => list.summary().errors,
    connection: connections.current,
    answer: () => fake.answer,
    keep: (request) => {
      sent = [request, ...sent];
    },
    begin: (form, groups, to) => batches.begin(form, groups, to),
    done: (accepted) => {
      if (accepted) list.clear();
      fake.form = accepted ? fresh() : { ...fake.form, idempotencyKey: crypto.randomUUID() };
    },
  });
  const found = (id: string) => {
    const request = sent.find((one) => one.id === id) ?? batches.request(id);
    if (!request) throw problem("unknown-item", "no such request");
    return request;
  };
  for (let at = 0; at < (options.sent ?? 0); at++) {
    const form = {
      draft: { ...filledDraft(), name: `Client onboarding ${at + 1}` },
      idempotencyKey: `k${at}`,
      pendingContacts: "",
      plan: defaultPlan(),
      returnTo: "web" as const,
    };
    const people = ["john.doe@example.com", "+351912345678"];
    const to = { name: "Practice", practice: true, apiVersion: "2026-05-20" };
    const answers: Answer[] = ["accepted", "field-errors", "unknown", "network", "unauthorized"];
    const answer = answers[at % answers.length] ?? "accepted";
    const sentAt = Date.now() - at * 3.6e6;
    const request = fakeReviewRequest(form, people, 1, to);
    sent.push(fakeRequest(request, form, people, to, answer, sentAt));
  }
  const [first] = sent;
  if (options.answered && first) {
    const kinds = Object.keys(SAMPLE_CONTENTS) as (keyof typeof SAMPLE_CONTENTS)[];
    first.answers = kinds.map((kind) =>
      answerView({
        id: `answer-${kind}`,
        request: first.id,
        requestName: first.name,
        answer: sampleAnswer(kind),
      }),
    );
    first.status = sampleStatus();
    first.events = [...first.events, ...answerEvents(Date.now())];
  }
  if (options.batch) {
    const form = { ...fresh(), draft: filledDraft() };
    const people = Array.from({ length: options.batch * 20 - 10 }, (_, at) =>
      at % 3 === 0 ? `+3519120${String(10_000 + at)}` : `person.${at + 1}@example.com`,
    );
    const [to] = connections.all();
    if (to) batches.begin(form, groupsOf(people, form.plan), to);
  }
  if (options.goesOn) setInterval(() => fake.step(), 2_000);

  const commands: { [Name in keyof Platform]: (...args: Parameters<Platform[Name]>) => unknown } = {
    appStatus: () => status,
    startLedger: (keep) => {
      status = { ...status, keep };
      return { recoveryKey: RECOVERY_KEY };
    },
    confirmRecoveryKey: (text) => {
      const typed = text.replace(/[\s-]/g, "").toUpperCase();
      if (!typed || !RECOVERY_KEY.replaceAll("-", "").endsWith(typed)) {
        throw problem("recovery-key-wrong", "the last group does not match");
      }
      status = { ...status, stage: "ready" };
      return null;
    },
    unlock: (passphrase) => {
      if (passphrase === "wrong")
        throw problem("passphrase-wrong", "the passphrase does not open the vault");
      return (status = { ...status, stage: "ready", lock: null });
    },
    retryKeyring: () => (status = { ...status, stage: "ready", lock: null, keyring: "available" }),
    recover: (recoveryKey, keep) => {
      if (recoveryKey.trim() !== RECOVERY_KEY)
        throw problem("recovery-key-wrong", "the key does not open the ledger");
      return (status = { ...status, stage: "ready", lock: null, keep });
    },

    ...connections.commands,

    listSummary: () => list.summary(),
    listRows: (ask) => list.rows(ask),
    listChoose: () =>
      importing.run("people.csv", () => {
        const report = options.wide
          ? list.addWide(exampleContacts(40))
          : list.add(exampleContacts(40).join("\n"), "people.csv");
        const message = "Sheet “Notes” has no contacts and was left out.";
        return options.wide ? { ...report, notes: [{ name: "clients-q4.xlsx", message }] } : report;
      }),
    listPaste: () => list.add("pasted@example.com\n912 345 678", "Pasted cells"),
    listAdd: (text) => list.add(text),
    listEdit: (row, field, text) => list.edit(row, field, text),
    listAccept: (row, code, alike) => list.accept(row, code, alike),
    listRemove: (rows) => list.remove(rows),
    listRemoveShown: (ask) => list.removeShown(ask),
    listRemoveSource: (source) => list.removeSource(source),
    listUndo: () => list.undo(),
    listClear: () => list.clear(),
    listRegion: (region) => list.region(region),
    listPreview: (source, reading) => list.preview(source, reading),
    listRead: (source, reading, targets) => list.read(source, reading, targets),
    listExportUnused: () => ({ path: "/home/officer/clients-q4-not-used.csv" }),
    listTemplate: () => ({ path: "/home/officer/people.csv" }),
    listCancel: () => importing.cancel(),
    listSettings: () => listSettings,
    saveListSettings: (settings) => (listSettings = settings),
    encodings: () => ENCODINGS,
    regions: () => REGIONS,

    loadForm: () => ({ form: fake.form, savedAtMs: fake.saves ? Date.now() : null }),
    saveForm: (form) => {
      fake.form = structuredClone(form);
      fake.saves += 1;
      return { savedAtMs: Date.now() };
    },
    resetForm: () => {
      fake.form = fresh();
      list.clear();
      return { form: fake.form, savedAtMs: null };
    },
    checkForm: (form) => fakeFormCheck(form, list.contacts(), fakeCheck(form, list.contacts())),
    makeKeyPair: () => ({ pubKey: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8s0e7m2yq0" }),
    chooseDocument: () => {
      const base64 = samplePdf(options.document || 1);
      return { fileName: "NDA.pdf", base64, size: atob(base64).length };
    },

    ...reviewing.commands,
    retry: (id) => {
      const done = {
        ...found(id),
        state: "accepted" as const,
        failure: null,
        humanosId: "507f1f77bcf86cd799439011",
      };
      sent = sent.map((one) => (one.id === id ? done : one));
      return done;
    },

    requests: ({ search, offset, limit }) => {
      const rows = sent
        .filter((one) =>
          `${one.name} ${one.internalId} ${one.body}`.toLowerCase().includes(search.toLowerCase()),
        )
        .map((one) => ({
          ...one,
          firstContact: one.subjects[0]?.contact ?? "john.doe@example.com",
          number: null,
        }));
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    request: (id) => found(id),
    revealCode: () => "482 913",
    copyLink: () => null,
    openLink: () => null,
    ...evidence.commands,

    refreshStatus: (id) => {
      const asked = { ...found(id), status: sampleStatus() };
      sent = sent.map((one) => (one.id === id ? asked : one));
      return asked;
    },
    returnWay: () => options.returnWay ?? { kind: "deep-link", address: "countersign://return/…" },
    sessionOrigin: (): SessionOrigin =>
      options.https
        ? { origin: "https://tauri.localhost", https: true }
        : { origin: "tauri://localhost", https: false },
    openSession: () => null,

    ...payloads.commands,

    ...batches.commands,
    savePace: (id, pace) => {
      if (pace.perMinute < 1 || pace.perMinute > 60_000) {
        throw problem("invalid-field", "Give a whole number from 1 to 60,000.", "perMinute");
      }
      if (pace.inFlight < 1 || pace.inFlight > 64) {
        throw problem("invalid-field", "Give a whole number from 1 to 64.", "inFlight");
      }
      paces.set(id, pace);
      connections.setPace(id, pace);
      batches.recount();
      return pace;
    },
    leaveAndClose: () => null,

    officer: () => officer,
    saveOfficer: (to) => {
      officer = to;
      return null;
    },
    windowReady: () => null,

    onListChanged: (listener) => hear(listeners.list, listener),
    onListProgress: (listener) => hear(listeners.progress, listener),
    onDrag: (listener) => hear(listeners.drag, listener),
    onDocumentDropped: (listener) => hear(listeners.document, listener),
    onBatchChanged: (listener) => hear(listeners.batch, listener),
    onCloseAsked: (listener) => hear(listeners.closeAsked, listener),
    onPlanProgress: (listener) => hear(listeners.planProgress, listener),
    onRequestChanged: (listener) => hear(listeners.requestChanged, listener),
    onPayloadDropped: (listener) => hear(listeners.payload, listener),
    onPayloadProblem: (listener) => hear(listeners.payloadProblem, listener),
    onExportProgress: (listener) => hear(listeners.exportProgress, listener),
    onReceiptChecking: (listener) => hear(listeners.checking, listener),
    onReceiptDropped: (listener) => hear(listeners.receipt, listener),
    onReceiptProblem: (listener) => hear(listeners.receiptProblem, listener),
  };

  return { ...answering(commands, fake), fake };
}
