/**
 * The stand-in's evidence: receipts, packs and tables it says it saved, checks of files and of the ledger, who is asked
 * for time stamps, and the key of this computer. Nothing is signed, and no authority is asked: one at `.invalid` does
 * not answer, any other does.
 */
import type {
  Damage,
  DeviceKeyView,
  Exported,
  ExportProgress,
  ExportStep,
  LedgerReport,
  PackAsk,
  PackFormat,
  PackScope,
  ReceiptAsk,
  RequestDetail,
  Stamping,
} from "../../api/types";
import type { Platform } from "../platform";
import { fakeDamages, FAKE_HEAD, fakeReceiptCheck } from "./evidence-samples";
import { problem } from "./requests";

const ENDS: Record<PackFormat, string> = {
  pack: "zip",
  xlsx: "xlsx",
  "csv-safe": "csv",
  "csv-exact": "csv",
};
const PACES = 5;

/** Nobody is there. */
const SILENT = "https://tsa.invalid";

/** What of the stand-in the exports read. */
interface Desk {
  sent(): RequestDetail[];
  request(id: string): RequestDetail;
  inBatch(id: string): number;
  tell(progress: ExportProgress | null): void;
  /** How long an export takes, in ms. */
  slow: number;
  damaged: boolean;
  unstamped: boolean;
}

export function fakeEvidence(desk: Desk) {
  const asked = { cancel: false };
  let stamping: Stamping = { url: desk.unstamped ? SILENT : "" };
  let key: DeviceKeyView = {
    kid: "cLnHbrtsCe0rUEdBKkhlGPEM2Mep8Yrd1Xk2Sx2mF6Y",
    fingerprint: "70b9 c76e bb6c 09ed 2b50 4741 2a48 6518 f10c d8c7 a9f1 8add d579 364b 1da6 17a6",
    madeAtMs: Date.UTC(2026, 8, 1, 9, 30),
    former: [],
  };

  const damages = (): Damage[] => (desk.damaged ? fakeDamages(desk.sent()[0]) : []);

  const count = (scope: PackScope): number => {
    switch (scope.kind) {
      case "batch":
        return desk.inBatch(scope.id);
      case "requests":
        return scope.ids.length;
      case "search":
        return desk.sent().filter((one) => matches(one, scope.search)).length;
      case "period":
        return desk.sent().filter(({ createdAtMs: at }) => at >= scope.fromMs && at <= scope.toMs)
          .length;
    }
  };

  const stamped = (steps: ExportStep[]): ExportStep[] =>
    stamping.url ? [...steps, "stamping"] : steps;

  /** What is said of any export. */
  const said = () => ({
    stampProblem: isSilent(stamping.url) ? "The authority did not answer within 20 seconds." : null,
    damageCount: damages().length,
  });

  /** Tells how far each step is, until it is cancelled. */
  async function go(steps: readonly ExportStep[], total: number) {
    asked.cancel = false;
    for (const step of desk.slow > 0 ? steps : []) {
      for (let pace = 0; pace <= PACES && !asked.cancel; pace++) {
        desk.tell({ step, done: Math.floor((total * pace) / PACES), total });
        await new Promise((next) => setTimeout(next, desk.slow / (steps.length * PACES)));
      }
    }
    desk.tell(null);
    if (asked.cancel) throw problem("cancelled", "");
  }

  const commands = {
    async exportReceipt(id: string, ask: ReceiptAsk): Promise<Exported> {
      const { name } = desk.request(id);
      await go(stamped(["checking"]), 1_200);
      const path = `/home/officer/receipt-${name}.${ask.format}`;
      return { path, requests: 1, leftOut: 0, ...said() };
    },
    countPack: count,
    async exportPack({ format, scope }: PackAsk): Promise<Exported> {
      const all = count(scope);
      const lost = damages().filter(({ request }) => request !== null).length;
      const leftOut = Math.min(lost, all);
      await go([...stamped(["checking"]), "receipts", "writing"], all);
      const path = `/home/officer/evidence.${ENDS[format]}`;
      return { path, requests: all - leftOut, leftOut, ...said() };
    },
    stamping: () => stamping,
    saveStamping(url: string): Stamping {
      if (url !== "" && !/^https?:\/\/[^\s/]+/.test(url)) {
        const words = "Give an address that starts with https:// or http://.";
        throw problem("invalid-field", words, "timestampUrl");
      }
      return (stamping = { url });
    },
    cancelExport() {
      asked.cancel = true;
      return null;
    },
    chooseReceipt: () => fakeReceiptCheck(),
    async checkLedger(): Promise<LedgerReport> {
      await go(["checking"], FAKE_HEAD.size);
      const found = damages();
      return {
        ...FAKE_HEAD,
        checkedAtMs: Date.now(),
        damages: found,
        damageCount: found.length,
      };
    },
    deviceKey: () => key,
    exportDeviceKey: () => ({ path: "/home/officer/countersign-device-key.pem" }),
    rotateDeviceKey(): DeviceKeyView {
      const { kid, fingerprint, madeAtMs, former } = key;
      key = {
        kid: "4yV0mZ1m3x5mB0ZJ0bT2qJ8r2sZx0q3m9lD8yF1nK7c",
        fingerprint:
          "e325 7499 9d66 df1e 6607 4649 d1b4 f6a8 9f2b dacc 71d2 adb9 8e50 fcc8 5d67 2bb7",
        madeAtMs: Date.now(),
        former: [{ kid, fingerprint, madeAtMs, retiredAtMs: Date.now() }, ...former],
      };
      return key;
    },
  } satisfies Partial<Record<keyof Platform, unknown>>;
  return { commands };
}

function matches({ name, internalId, body }: RequestDetail, search: string): boolean {
  return `${name} ${internalId} ${body}`.toLowerCase().includes(search.toLowerCase());
}

function isSilent(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname.endsWith(".invalid");
}
