/**
 * The stand-in's evidence: receipts it says it saved, checks of files and of the ledger, and the key of this
 * computer. Nothing is signed.
 */
import type {
  Damage,
  DeviceKeyView,
  Exported,
  ExportProgress,
  ExportStep,
  LedgerReport,
  RequestDetail,
} from "../../api/types";
import type { Platform } from "../platform";
import { fakeDamages, FAKE_HEAD, fakeReceiptCheck } from "./evidence-samples";
import { problem } from "./requests";

const PACES = 5;

/** What of the stand-in the exports read. */
interface Desk {
  sent(): RequestDetail[];
  request(id: string): RequestDetail;
  tell(progress: ExportProgress | null): void;
  /** How long an export takes, in ms. */
  slow: number;
  damaged: boolean;
}

export function fakeEvidence(desk: Desk) {
  const asked = { cancel: false };
  let key: DeviceKeyView = {
    kid: "cLnHbrtsCe0rUEdBKkhlGPEM2Mep8Yrd1Xk2Sx2mF6Y",
    fingerprint: "70b9 c76e bb6c 09ed 2b50 4741 2a48 6518 f10c d8c7 a9f1 8add d579 364b 1da6 17a6",
    madeAtMs: Date.UTC(2026, 8, 1, 9, 30),
    former: [],
  };

  const damages = (): Damage[] => (desk.damaged ? fakeDamages(desk.sent()[0]) : []);

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
    async exportReceipt(id: string): Promise<Exported> {
      const { name } = desk.request(id);
      await go(["checking"], 1_200);
      const path = `/home/officer/receipt-${name}.json`;
      return { path, damageCount: damages().length };
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
