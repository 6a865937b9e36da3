/**
 * Takes messages of the framed page and hands them over one after the other. Those of any other window or origin are
 * not for us and are not looked at.
 */
import type { SessionSaid } from "../api/types";
import type { Pass } from "../platform/session";

/** In bytes of UTF-8. */
export const LONGEST = 8 * 1024 * 1024;
/** So many may wait while one is handed over. */
export const MOST_WAITING = 64;

/** Why a message was not handed over, or what the shell said of it. */
export type Heard =
  | { kind: "said"; said: SessionSaid }
  | { kind: "too-long" }
  | { kind: "not-text" }
  | { kind: "too-many" }
  | { kind: "failed"; message: string };

export interface Ear {
  origin: string;
  frame: () => Window | null;
  pass: Pass;
  tell: (heard: Heard) => void;
}

/** Listens until the returned function is called. */
export function listenTo({ origin, frame, pass, tell }: Ear): () => void {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  let over = false;

  const hear = (event: MessageEvent<unknown>) => {
    const framed = frame();
    if (framed === null || event.source !== framed || event.origin !== origin) return;
    const text = textOf(event.data);
    if (typeof text !== "string") return tell(text);
    if (waiting >= MOST_WAITING) return tell({ kind: "too-many" });
    waiting += 1;
    last = last.then(async () => {
      const heard = await handed(text, pass);
      waiting -= 1;
      if (!over) tell(heard);
    });
  };
  addEventListener("message", hear);
  return () => {
    over = true;
    removeEventListener("message", hear);
  };
}

async function handed(text: string, pass: Pass): Promise<Heard> {
  try {
    return { kind: "said", said: await pass(text) };
  } catch (thrown) {
    return { kind: "failed", message: messageOf(thrown) };
  }
}

/** Strings as they are, anything else as JSON. */
function textOf(data: unknown): string | Heard {
  const text = typeof data === "string" ? data : jsonOf(data);
  if (text === null) return { kind: "not-text" };
  return isTooLong(text) ? { kind: "too-long" } : text;
}

function jsonOf(data: unknown): string | null {
  // Buffers, maps and files would become an empty object: their content would be lost unsaid.
  const isPlain = ["[object Object]", "[object Array]"].includes(
    Object.prototype.toString.call(data),
  );
  if (typeof data === "object" && data !== null && !isPlain) return null;
  try {
    return JSON.stringify(data) ?? null;
  } catch {
    return null;
  }
}

function isTooLong(text: string): boolean {
  return text.length > LONGEST || new TextEncoder().encode(text).length > LONGEST;
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
    return String(thrown.message);
  }
  return String(thrown);
}
