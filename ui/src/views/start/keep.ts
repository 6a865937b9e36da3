/** The answer to "where do the keys rest", and what is wrong with it before the shell is asked. */
import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import type { Keep, KeyringState, Problem } from "../../api/types";

export interface KeepAnswer {
  keep: Keep | null;
  passphrase: string;
  again: string;
}

export type KeepErrors = Partial<Record<"keep" | "passphrase" | "again", string>>;

const SHORTEST_PASSPHRASE = 12;

export function firstAnswer(keyring: KeyringState): KeepAnswer {
  return { keep: keyring === "available" ? "keyring" : null, passphrase: "", again: "" };
}

/** The passphrase the shell gets: none unless the vault is chosen. */
export function passphraseOf({ keep, passphrase }: KeepAnswer): string {
  return keep === "vault" ? passphrase : "";
}

export function useCheckKeep(): (answer: KeepAnswer, keyring: KeyringState) => KeepErrors {
  const { t } = useLingui();
  return useCallback(
    ({ keep, passphrase, again }, keyring) => {
      if (keep === null) return { keep: t`Choose where to keep the keys` };
      if (keep === "keyring" && keyring !== "available") {
        return { keep: t`The keyring cannot be used now. Choose another way` };
      }
      if (keep !== "vault") return {};
      const missing = SHORTEST_PASSPHRASE - Array.from(passphrase).length;
      if (!passphrase) return { passphrase: t`Type a passphrase of at least 12 characters` };
      if (missing > 0) {
        return { passphrase: t`Use at least 12 characters. ${missing} more to go` };
      }
      if (passphrase !== again) {
        return { again: t`The two passphrases differ. Type the same one again` };
      }
      return {};
    },
    [t],
  );
}

/** A refusal that belongs at the passphrase field. */
export function atPassphrase(problem: Problem): boolean {
  return problem.code === "passphrase-weak" || problem.code === "passphrase-wrong";
}

/** The control of the first error, for the focus. */
export function firstWrong(errors: KeepErrors): string | null {
  if (errors.keep) return "keep";
  if (errors.passphrase) return "passphrase";
  return errors.again ? "passphrase-again" : null;
}
