/** What the UI may ask of the shell: one method per command, and the events the shell sends. */
import type {
  ChosenDocument,
  ConnectionForm,
  ConnectionTest,
  ConnectionView,
  Field,
  Form,
  FormView,
  ImportReport,
  Issue,
  Keep,
  ListAsk,
  ListProgress,
  ListSettings,
  Officer,
  Preview,
  Reading,
  ReasonCode,
  RegionChoice,
  RequestDetail,
  RequestList,
  Review,
  RowPage,
  Saved,
  Status,
  Summary,
  Target,
} from "../api/types";

export type { ChosenDocument };

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
  checkForm(form: Form): Promise<Issue[]>;
  makeKeyPair(): Promise<{ pubKey: string }>;
  chooseDocument(): Promise<ChosenDocument | null>;

  prepareReview(form: Form): Promise<Review>;
  send(review: string): Promise<RequestDetail>;
  retry(request: string): Promise<RequestDetail>;

  requests(ask: { search: string; offset: number; limit: number }): Promise<RequestList>;
  request(id: string): Promise<RequestDetail>;
  revealCode(request: string, subject: number): Promise<string>;
  copyLink(request: string, subject: number): Promise<null>;
  openLink(request: string, subject: number): Promise<null>;
  exportReceipt(request: string): Promise<Saved | null>;

  officer(): Promise<Officer>;
  saveOfficer(officer: Officer): Promise<null>;
  windowReady(): Promise<null>;

  /** Each returns a function that ends the subscription. */
  onListChanged(hear: (report: ImportReport) => void): () => void;
  /** Null: finished. */
  onListProgress(hear: (progress: ListProgress | null) => void): () => void;
  onDrag(hear: (over: boolean) => void): () => void;
  onDocumentDropped(hear: (document: ChosenDocument) => void): () => void;
}
