/** The one thing the window of a session may ask of the shell. */
import { invoke } from "@tauri-apps/api/core";
import type { SessionSaid } from "../api/types";

/** Hands a message of the framed page over, as it came. Rejects with a `Problem`. */
export type Pass = (text: string) => Promise<SessionSaid>;

export const passMessage: Pass = (text) => invoke("session_message", { text });
