/** What the UI may ask of the shell: one method per command, and the events the shell sends. */
import type {
  ChosenDocument,
  ConnectionForm,
  ConnectionTest,
  ConnectionView,
  Form,
  FormView,
  ImportReport,
  Issue,
  Keep,
  Officer,
  RegionChoice,
  RequestDetail,
  RequestList,
  Review,
  RowPage,
  Saved,
  Show,
  Status,
  Summary,
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
  listRows(ask: { show: Show; search: string; offset: number; limit: number }): Promise<RowPage>;
  listChoose(): Promise<ImportReport | null>;
  listAdd(text: string): Promise<ImportReport>;
  listEdit(row: number, text: string): Promise<Summary>;
  listRemove(rows: number[]): Promise<Summary>;
  listClear(): Promise<Summary>;
  listRegion(region: string): Promise<Summary>;
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
  onDrag(hear: (over: boolean) => void): () => void;
  onDocumentDropped(hear: (document: ChosenDocument) => void): () => void;
}
