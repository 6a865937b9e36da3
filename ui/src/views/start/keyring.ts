/** What each state of the keyring means to the officer, and the way out. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { KeyringState } from "../../api/types";

export interface KeyringWords {
  title: MessageDescriptor;
  text: MessageDescriptor;
}

export const KEYRING: Record<Exclude<KeyringState, "available">, KeyringWords> = {
  locked: {
    title: msg`The keyring of this computer is locked.`,
    text: msg`Unlock it with its password (often the one you log in with), then try again.`,
  },
  "no-service": {
    title: msg`This computer has no keyring running.`,
    text: msg`Install or start GNOME Keyring, KWallet or KeePassXC, then try again. Or choose another way below.`,
  },
  "no-answer": {
    title: msg`The keyring did not answer.`,
    text: msg`It may be waiting for you: look for a dialog behind this window. Then try again.`,
  },
};
