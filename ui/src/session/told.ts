/** What the shell tells this page in its address. It is believed only where it fits together. */

export interface Told {
  /** The page to frame. */
  src: string;
  /** The only origin that is listened to. */
  origin: string;
  /** Whom the session is for. */
  contact: string;
}

const LONGEST = 65_536;

/** `fragment`: base64url of JSON, with or without `#`. Null where it cannot be used. */
export function readTold(fragment: string): Told | null {
  const encoded = fragment.replace(/^#/, "");
  if (encoded === "" || encoded.length > LONGEST) return null;
  const told = decoded(encoded);
  if (typeof told !== "object" || told === null) return null;
  const { src, origin, contact } = told as Record<string, unknown>;
  if (typeof src !== "string" || typeof origin !== "string") return null;
  if (typeof contact !== "string") return null;
  const url = URL.canParse(src) ? new URL(src) : null;
  if (!url || !isWebPage(url) || url.origin !== origin) return null;
  return { src: url.href, origin, contact };
}

/** HTTPS, or this computer by its number, which no name server can lead elsewhere. */
function isWebPage({ protocol, hostname, username, password }: URL): boolean {
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
}

function decoded(encoded: string): unknown {
  try {
    const binary = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
