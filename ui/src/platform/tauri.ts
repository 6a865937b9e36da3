/** The real shell. The only file that imports `@tauri-apps/*`. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type {
  BatchView,
  CloseAsked,
  ExportProgress,
  ImportReport,
  ListProgress,
  PayloadFile,
  PlanProgress,
  Problem,
  ReceiptCheck,
} from "../api/types";
import type { ChosenDocument, Platform } from "./platform";

/** `listen` answers later than a component may unmount, so the end is remembered. */
function subscribe<T>(event: string, hear: (payload: T) => void): () => void {
  const listening = listen<T>(event, ({ payload }) => hear(payload));
  return () => {
    listening.then(
      (stop) => stop(),
      () => undefined,
    );
  };
}

export const tauriPlatform: Platform = {
  appStatus: () => invoke("app_status"),
  startLedger: (keep, passphrase) => invoke("start_ledger", { keep, passphrase }),
  confirmRecoveryKey: (text) => invoke("confirm_recovery_key", { text }),
  unlock: (passphrase) => invoke("unlock", { passphrase }),
  retryKeyring: () => invoke("retry_keyring"),
  recover: (recoveryKey, keep, passphrase) => invoke("recover", { recoveryKey, keep, passphrase }),

  connections: () => invoke("connections"),
  saveConnection: (form) => invoke("save_connection", { form }),
  removeConnection: (id) => invoke("remove_connection", { id }),
  useConnection: (id) => invoke("use_connection", { id }),
  testConnection: (id) => invoke("test_connection", { id }),
  saveWebhook: (connection, form) => invoke("save_webhook", { connection, form }),
  removeWebhook: (connection) => invoke("remove_webhook", { connection }),

  listSummary: () => invoke("list_summary"),
  listRows: ({ offset, limit, ...ask }) => invoke("list_rows", { ask, offset, limit }),
  listChoose: () => invoke("list_choose"),
  listPaste: () => invoke("list_paste"),
  listAdd: (text) => invoke("list_add", { text }),
  listEdit: (row, field, text) => invoke("list_edit", { row, field, text }),
  listAccept: (row, code, alike) => invoke("list_accept", { row, code, alike }),
  listRemove: (rows) => invoke("list_remove", { rows }),
  listRemoveShown: (ask) => invoke("list_remove_shown", { ask }),
  listRemoveSource: (source) => invoke("list_remove_source", { source }),
  listUndo: () => invoke("list_undo"),
  listClear: () => invoke("list_clear"),
  listRegion: (region) => invoke("list_region", { region }),
  listPreview: (source, reading) => invoke("list_preview", { source, reading }),
  listRead: (source, reading, targets) => invoke("list_read", { source, reading, targets }),
  listExportUnused: () => invoke("list_export_unused"),
  listTemplate: () => invoke("list_template"),
  listCancel: () => invoke("list_cancel"),
  listSettings: () => invoke("list_settings"),
  saveListSettings: (settings) => invoke("save_list_settings", { settings }),
  encodings: () => invoke("encodings"),
  regions: () => invoke("regions"),

  loadForm: () => invoke("load_form"),
  saveForm: (form) => invoke("save_form", { form }),
  resetForm: () => invoke("reset_form"),
  checkForm: (form) => invoke("check_form", { form }),
  makeKeyPair: () => invoke("make_key_pair"),
  chooseDocument: () => invoke("choose_document"),

  prepareReview: (form) => invoke("prepare_review", { form }),
  reviewRequest: (review, number) => invoke("review_request", { review, number }),
  reviewFind: (review, contact) => invoke("review_find", { review, contact }),
  dryRun: (review) => invoke("dry_run", { review }),
  testSend: (review, number, contact) => invoke("test_send", { review, number, contact }),
  send: (review) => invoke("send", { review }),
  cancelPlanning: () => invoke("cancel_planning"),
  retry: (request) => invoke("retry", { request }),

  requests: (ask) => invoke("requests", { ...ask }),
  request: (id) => invoke("request", { id }),
  revealCode: (request, subject) => invoke("reveal_code", { request, subject }),
  copyLink: (request, subject) => invoke("copy_link", { request, subject }),
  openLink: (request, subject) => invoke("open_link", { request, subject }),
  exportReceipt: (request, ask) => invoke("export_receipt", { request, ask }),
  refreshStatus: (request) => invoke("refresh_status", { request }),

  returnWay: () => invoke("return_way"),
  sessionOrigin: () => invoke("session_origin"),
  openSession: (request, subject) => invoke("open_session", { request, subject }),

  openPayload: (text, headers, anyAge) => invoke("open_payload", { text, headers, anyAge }),
  choosePayload: () => invoke("choose_payload"),
  dropsGoTo: (place) => invoke("drops_go_to", { place }),
  looseAnswers: () => invoke("loose_answers"),
  retryAnswer: (id) => invoke("retry_answer", { id }),
  profiles: () => invoke("profiles"),
  saveProfiles: (text) => invoke("save_profiles", { text }),
  profilesTemplate: () => invoke("profiles_template"),
  chooseProfiles: () => invoke("choose_profiles"),
  tryPayload: (text) => invoke("try_payload", { text }),

  batches: () => invoke("batches"),
  batch: (id) => invoke("batch", { id }),
  batchRequests: (ask) => invoke("batch_requests", { ...ask }),
  batchFailures: (id) => invoke("batch_failures", { id }),
  pauseBatch: (id) => invoke("pause_batch", { id }),
  resumeBatch: (id) => invoke("resume_batch", { id }),
  stopBatch: (id) => invoke("stop_batch", { id }),
  resendRefused: (id, requests) => invoke("resend_refused", { id, requests }),
  resendUnknown: (id, requests) => invoke("resend_unknown", { id, requests }),
  cancelRequests: (id, requests) => invoke("cancel_requests", { id, requests }),
  mendContact: (request, contact, replacement) =>
    invoke("mend_contact", { request, contact, replacement }),
  savePace: (connection, pace) => invoke("save_pace", { connection, pace }),
  leaveAndClose: () => invoke("leave_and_close"),

  countPack: (scope) => invoke("count_pack", { scope }),
  exportPack: (ask) => invoke("export_pack", { ask }),
  stamping: () => invoke("stamping"),
  saveStamping: (url) => invoke("save_stamping", { url }),
  cancelExport: () => invoke("cancel_export"),
  chooseReceipt: () => invoke("choose_receipt"),
  checkLedger: () => invoke("check_ledger"),
  deviceKey: () => invoke("device_key"),
  exportDeviceKey: () => invoke("export_device_key"),
  rotateDeviceKey: () => invoke("rotate_device_key"),

  officer: () => invoke("officer"),
  saveOfficer: (officer) => invoke("save_officer", { officer }),
  windowReady: () => invoke("window_ready"),

  onListChanged: (hear) => subscribe<ImportReport>("list-changed", hear),
  onListProgress: (hear) => subscribe<ListProgress | null>("list-progress", hear),
  onDrag: (hear) => subscribe<{ over: boolean }>("drag", ({ over }) => hear(over)),
  onDocumentDropped: (hear) => subscribe<ChosenDocument>("document-dropped", hear),
  onBatchChanged: (hear) => subscribe<BatchView>("batch-changed", hear),
  onCloseAsked: (hear) => subscribe<CloseAsked>("close-asked", hear),
  onPlanProgress: (hear) => subscribe<PlanProgress | null>("plan-progress", hear),
  onRequestChanged: (hear) => subscribe<string>("request-changed", hear),
  onPayloadDropped: (hear) => subscribe<PayloadFile>("payload-dropped", hear),
  onPayloadProblem: (hear) => subscribe<Problem>("payload-problem", hear),
  onExportProgress: (hear) => subscribe<ExportProgress | null>("export-progress", hear),
  onReceiptChecking: (hear) => subscribe<{ file: string }>("receipt-checking", hear),
  onReceiptDropped: (hear) => subscribe<ReceiptCheck>("receipt-dropped", hear),
  onReceiptProblem: (hear) => subscribe<Problem>("receipt-problem", hear),
};
