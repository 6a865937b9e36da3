/** How a file is read and what its columns mean, in plain words. */
import { useLingui } from "@lingui/react/macro";
import type { Delimiter, Target } from "../../../api/types";

export const TARGETS: readonly Target[] = [
  "email",
  "phone",
  "contact",
  "docId",
  "language",
  "internalId",
  "secondaryContact",
  "name",
  "country",
  "variable",
  "ignored",
];

export function useTargetWords(): Record<Target, string> {
  const { t } = useLingui();
  return {
    email: t`Email`,
    phone: t`Phone`,
    contact: t`Contact (email or phone)`,
    docId: t`Document ID`,
    language: t`Language`,
    internalId: t`Internal ID`,
    secondaryContact: t`Second contact`,
    name: t`Name (shown only)`,
    country: t`Country of the phone`,
    variable: t`Variable for templates`,
    ignored: t`Leave out`,
  };
}

export function useDelimiterWords(): Record<Delimiter, string> {
  const { t } = useLingui();
  return { comma: t`comma`, semicolon: t`semicolon`, tab: t`tab`, pipe: t`pipe` };
}

/** Without one of these a list has nobody to ask. */
export function isContactKind(target: Target): boolean {
  return target === "contact" || target === "email" || target === "phone";
}
