/** For each reason why the ledger is closed: what happened, what to do, and which way in is offered. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { LockReason } from "../../api/types";
import type { Tone } from "../../components";

export interface LockWords {
  tone: Tone;
  title: MessageDescriptor;
  text: MessageDescriptor;
  way: "passphrase" | "recover" | "retry";
  /** Label of the way to the recovery key, where it is not the first way. */
  otherwise?: MessageDescriptor;
}

const byRecoveryKey = msg`Use the recovery key instead`;

export const LOCKS: Record<LockReason, LockWords> = {
  passphrase: {
    tone: "neutral",
    title: msg`The keys are behind your passphrase.`,
    text: msg`Type it to open the ledger.`,
    way: "passphrase",
    otherwise: msg`I no longer have the passphrase: use the recovery key`,
  },
  "recovery-key": {
    tone: "neutral",
    title: msg`The key of the ledger is not on this computer.`,
    text: msg`It was kept for one session only, or it no longer fits. Type your recovery key to open the ledger.`,
    way: "recover",
  },
  "keyring-entry-missing": {
    tone: "warning",
    title: msg`The key of the ledger is no longer in the keyring.`,
    text: msg`The keyring may have been cleared or replaced. Your requests are still here: type your recovery key to open them.`,
    way: "recover",
  },
  "keyring-locked": {
    tone: "warning",
    title: msg`The keyring of this computer is locked.`,
    text: msg`Unlock it with its password (often the one you log in with), then try again.`,
    way: "retry",
    otherwise: byRecoveryKey,
  },
  "keyring-no-service": {
    tone: "warning",
    title: msg`This computer has no keyring running.`,
    text: msg`The key of the ledger is in the keyring. Start it (GNOME Keyring, KWallet or KeePassXC), then try again.`,
    way: "retry",
    otherwise: byRecoveryKey,
  },
  "keyring-no-answer": {
    tone: "warning",
    title: msg`The keyring did not answer.`,
    text: msg`It may be waiting for you: look for a dialog behind this window. Then try again.`,
    way: "retry",
    otherwise: byRecoveryKey,
  },
  "ledger-damaged": {
    tone: "error",
    title: msg`The ledger cannot be read: its file is damaged.`,
    text: msg`Countersign has changed nothing in it. Put back a copy from your backup, or ask whoever looks after this computer, then try again.`,
    way: "retry",
  },
  "ledger-newer": {
    tone: "warning",
    title: msg`The ledger was written by a newer Countersign.`,
    text: msg`This version could harm it, so it stays closed. Install the newest Countersign and start that one.`,
    way: "retry",
  },
  "ledger-busy": {
    tone: "warning",
    title: msg`Another program has the ledger open.`,
    text: msg`It may be a second Countersign, or a backup. Close it or wait until it is done, then try again.`,
    way: "retry",
  },
};
