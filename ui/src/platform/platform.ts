/** What the UI may ask of the shell: one method per command, and the events the shell sends. */
import type {
  AnswerView,
  BatchView,
  ChosenDocument,
  CloseAsked,
  ConnectionForm,
  ConnectionTest,
  ConnectionView,
  DeviceKeyView,
  DropPlace,
  DryRun,
  Exported,
  ExportProgress,
  FailureGroup,
  Field,
  Form,
  FormCheck,
  FormView,
  ImportReport,
  Keep,
  LedgerReport,
  ListAsk,
  ListProgress,
  ListSettings,
  Mended,
  Officer,
  OpenResult,
  Pace,
  PackAsk,
  PackScope,
  PayloadFile,
  PlanProgress,
  PreparedReview,
  Preview,
  Problem,
  ProfilesView,
  Reading,
  ReasonCode,
  ReceiptAsk,
  ReceiptCheck,
  RegionChoice,
  RequestDetail,
  RequestList,
  RequestState,
  ReturnWay,
  ReviewRequest,
  RowPage,
  Saved,
  Sent,
  SessionOrigin,
  Stamping,
  Status,
  Summary,
  Target,
  TraceView,
  WebhookForm,
} from "../api/types";

export type { ChosenDocument };

/** Which requests of a batch are meant. */
export interface BatchAsk {
  id: string;
  state: RequestState | null;
  search: string;
}

/** Every method rejects with a `Problem`. */
export interface Platform {
  appStatus(): Promise<Status>;
  startLedger(keep: Keep, passphrase: string | null): Promise<{ recoveryKey: string }>;
  confirmRecoveryKey(text: string): Promise<null>;
  unlock(passphrase: string): Promise<Status>;
  retryKeyring(): Promise<Status>;
  recover(recoveryKey: string, keep: Keep, passphrase: string | null): Promise<Status>;

  connections(): Promise<ConnectionView[]>;
  saveConnection(form: ConnectionForm): Promise<ConnectionView>;
  removeConnection(id: string): Promise<null>;
  useConnection(id: string): Promise<null>;
  testConnection(id: string): Promise<ConnectionTest>;
  /** A blank secret keeps what is stored. */
  saveWebhook(connection: string, form: WebhookForm): Promise<ConnectionView[]>;
  removeWebhook(connection: string): Promise<ConnectionView[]>;

  listSummary(): Promise<Summary>;
  listRows(ask: ListAsk & { offset: number; limit: number }): Promise<RowPage>;
  listChoose(): Promise<ImportReport | null>;
  /** Reads the clipboard; null when it holds no text. */
  listPaste(): Promise<ImportReport | null>;
  listAdd(text: string): Promise<ImportReport>;
  listEdit(row: number, field: Field, text: string): Promise<Summary>;
  listAccept(row: number, code: ReasonCode, alike: boolean): Promise<Summary>;
  listRemove(rows: number[]): Promise<Summary>;
  /** Removes every row that matches, however many. */
  listRemoveShown(ask: ListAsk): Promise<Summary>;
  listRemoveSource(source: number): Promise<Summary>;
  listUndo(): Promise<Summary>;
  listClear(): Promise<Summary>;
  listRegion(region: string): Promise<Summary>;
  listPreview(source: number, reading: Reading): Promise<Preview>;
  /** Takes a source anew, read like this. */
  listRead(source: number, reading: Reading, targets: Target[]): Promise<Summary>;
  listExportUnused(): Promise<Saved | null>;
  listTemplate(): Promise<Saved | null>;
  /** Ends what is under way; that command rejects with "cancelled". */
  listCancel(): Promise<null>;
  listSettings(): Promise<ListSettings>;
  saveListSettings(settings: ListSettings): Promise<ListSettings>;
  encodings(): Promise<string[]>;
  regions(): Promise<RegionChoice[]>;

  loadForm(): Promise<FormView>;
  saveForm(form: Form): Promise<{ savedAtMs: number }>;
  resetForm(): Promise<FormView>;
  checkForm(form: Form): Promise<FormCheck>;
  makeKeyPair(): Promise<{ pubKey: string }>;
  chooseDocument(): Promise<ChosenDocument | null>;

  prepareReview(form: Form): Promise<PreparedReview>;
  /** Any request of the review, counted from 1, with its exact bytes. */
  reviewRequest(review: string, number: number): Promise<ReviewRequest>;
  /** The first request that asks a contact containing this text. */
  reviewFind(review: string, contact: string): Promise<number | null>;
  dryRun(review: string): Promise<DryRun>;
  /** The request made for the officer's own contact instead, sent at once. */
  testSend(review: string, number: number, contact: string): Promise<RequestDetail>;
  send(review: string): Promise<Sent>;
  /** Ends the writing down; `send` then rejects with "cancelled". */
  cancelPlanning(): Promise<null>;
  retry(request: string): Promise<RequestDetail>;

  requests(ask: { search: string; offset: number; limit: number }): Promise<RequestList>;
  request(id: string): Promise<RequestDetail>;
  revealCode(request: string, subject: number): Promise<string>;
  copyLink(request: string, subject: number): Promise<null>;
  openLink(request: string, subject: number): Promise<null>;
  exportReceipt(request: string, ask: ReceiptAsk): Promise<Exported | null>;
  /** Asks Humanos where the request stands. */
  refreshStatus(request: string): Promise<RequestDetail>;

  returnWay(): Promise<ReturnWay>;
  /** Where this app's own pages come from on this computer. */
  sessionOrigin(): Promise<SessionOrigin>;
  /** Opens a window in which one person of a request answers. */
  openSession(request: string, subject: number): Promise<null>;

  /** `headers`: the `x-signature` and `x-timestamp` lines of a webhook, or blank. */
  openPayload(text: string, headers: string, anyAge: boolean): Promise<OpenResult>;
  choosePayload(): Promise<PayloadFile | null>;
  /** Where files dropped on the window go. */
  dropsGoTo(place: DropPlace): Promise<null>;
  /** Those that belong to no request here, newest first. */
  looseAnswers(): Promise<AnswerView[]>;
  /** Tries again to open one that was kept as it came. */
  retryAnswer(id: string): Promise<OpenResult>;
  profiles(): Promise<ProfilesView>;
  /** Blank removes one's own. */
  saveProfiles(text: string): Promise<ProfilesView>;
  profilesTemplate(): Promise<string>;
  chooseProfiles(): Promise<PayloadFile | null>;
  /** How far each profile comes; nothing is stored. */
  tryPayload(text: string): Promise<TraceView[]>;

  /** Newest first. */
  batches(): Promise<BatchView[]>;
  batch(id: string): Promise<BatchView>;
  batchRequests(ask: BatchAsk & { offset: number; limit: number }): Promise<RequestList>;
  batchFailures(id: string): Promise<FailureGroup[]>;
  pauseBatch(id: string): Promise<BatchView>;
  resumeBatch(id: string): Promise<BatchView>;
  stopBatch(id: string): Promise<BatchView>;
  /** Each answers how many it was done to; null means all it can be done to. */
  resendRefused(id: string, requests: string[] | null): Promise<number>;
  resendUnknown(id: string, requests: string[]): Promise<number>;
  cancelRequests(id: string, requests: string[] | null): Promise<number>;
  mendContact(request: string, contact: string, replacement: string): Promise<Mended>;
  savePace(connection: string, pace: Pace): Promise<Pace>;
  /** What is under way comes to its end, then the app exits. */
  leaveAndClose(): Promise<null>;

  /** How many requests are meant. */
  countPack(scope: PackScope): Promise<number>;
  /** Null when the officer chose no place for it. */
  exportPack(ask: PackAsk): Promise<Exported | null>;
  /** Who is asked for time stamps. */
  stamping(): Promise<Stamping>;
  /** Blank asks nobody. */
  saveStamping(url: string): Promise<Stamping>;
  /** Ends an export or a check of the ledger; that command rejects with "cancelled". */
  cancelExport(): Promise<null>;
  /** Null when the officer chose no file. */
  chooseReceipt(): Promise<ReceiptCheck | null>;
  /** Looks at every event of the ledger. */
  checkLedger(): Promise<LedgerReport>;
  deviceKey(): Promise<DeviceKeyView>;
  exportDeviceKey(): Promise<Saved | null>;
  rotateDeviceKey(): Promise<DeviceKeyView>;

  officer(): Promise<Officer>;
  saveOfficer(officer: Officer): Promise<null>;
  windowReady(): Promise<null>;

  /** Each returns a function that ends the subscription. */
  onListChanged(hear: (report: ImportReport) => void): () => void;
  /** Null: finished. */
  onListProgress(hear: (progress: ListProgress | null) => void): () => void;
  onDrag(hear: (over: boolean) => void): () => void;
  onDocumentDropped(hear: (document: ChosenDocument) => void): () => void;
  onBatchChanged(hear: (batch: BatchView) => void): () => void;
  onCloseAsked(hear: (asked: CloseAsked) => void): () => void;
  /** Null: finished. */
  onPlanProgress(hear: (progress: PlanProgress | null) => void): () => void;
  /** By the id of a request whose detail changed by itself. */
  onRequestChanged(hear: (request: string) => void): () => void;
  onPayloadDropped(hear: (file: PayloadFile) => void): () => void;
  /** A dropped file that could not be read. */
  onPayloadProblem(hear: (problem: Problem) => void): () => void;
  /** Null: finished. */
  onExportProgress(hear: (progress: ExportProgress | null) => void): () => void;
  /** A dropped file is being checked, by its name. */
  onReceiptChecking(hear: (checking: { file: string }) => void): () => void;
  /** What came of checking a dropped file. */
  onReceiptDropped(hear: (check: ReceiptCheck) => void): () => void;
  /** A dropped file that could not be read. */
  onReceiptProblem(hear: (problem: Problem) => void): () => void;
}
