/** A wire path as the form calls it, with the wire path beside it: officers meet both. */
import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

const NAMES: Record<string, MessageDescriptor> = {
  contacts: msg`the people`,
  name: msg`the name`,
  securityLevel: msg`how strictly`,
  groupIds: msg`the groups`,
  resourcesIds: msg`the resources`,
  language: msg`the language`,
  redirectUrl: msg`the return address`,
  returnTo: msg`where people go afterwards`,
  internalId: msg`your reference`,
  pubKey: msg`the public key`,
  authorizedDIDs: msg`the authorised DIDs`,
  expectedDocIds: msg`the expected documents`,
};

export function fieldName(path: string, i18n: I18n): string {
  const [first = "", entry, ...rest] = path.split(".");
  if (first === "credentials" && /^\d+$/.test(entry ?? "")) {
    const number = Number(entry) + 1;
    const inside = rest.join(".");
    const words = inside ? msg`credential ${number}, ${inside}` : msg`credential ${number}`;
    return `${i18n._(words)} (${path})`;
  }
  const known = NAMES[first];
  return known ? `${i18n._(known)} (${path})` : path;
}
