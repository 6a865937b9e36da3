/** Words for where keys are kept and for how two clocks compare. */
import type { MessageDescriptor } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import type { Tone } from "../../components";

/** In the middle of a sentence; practice keeps no keys. */
export function keptWords(kept: string | null): MessageDescriptor | null {
  switch (kept) {
    case "keyring":
      return msg`in this computer's keyring`;
    case "vault":
      return msg`behind your passphrase`;
    case "session":
      return msg`for this session only`;
    default:
      return null;
  }
}

export interface ClockWords {
  tone: Tone;
  text: MessageDescriptor;
}

const AGREES_MS = 2_000;
const DOUBTFUL_MS = 30_000;
/** Humanos accepts a timestamp within five minutes; a minute of them is left for the way. */
const REFUSED_MS = 240_000;

/** `skewMs`: this computer's clock less the server's. */
export function clockWords(skewMs: number): ClockWords {
  const off = Math.abs(skewMs);
  if (off < AGREES_MS) {
    return { tone: "good", text: msg`This computer's clock agrees with the server's.` };
  }
  const seconds = Math.round(off / 1000);
  const minutes = Math.round(off / 60_000);
  const ahead = skewMs > 0;
  if (off < DOUBTFUL_MS) {
    const text = ahead
      ? msg`This computer's clock is ${plural(seconds, { one: "# second", other: "# seconds" })} ahead of the server's. That is close enough.`
      : msg`This computer's clock is ${plural(seconds, { one: "# second", other: "# seconds" })} behind the server's. That is close enough.`;
    return { tone: "good", text };
  }
  if (off < REFUSED_MS) {
    const text = ahead
      ? msg`This computer's clock is ${plural(seconds, { one: "# second", other: "# seconds" })} ahead of the server's. Set it soon: at five minutes, requests are refused.`
      : msg`This computer's clock is ${plural(seconds, { one: "# second", other: "# seconds" })} behind the server's. Set it soon: at five minutes, requests are refused.`;
    return { tone: "warning", text };
  }
  const text = ahead
    ? msg`This computer's clock is ${plural(minutes, { one: "# minute", other: "# minutes" })} ahead of the server's. Requests will be refused: turn on automatic time.`
    : msg`This computer's clock is ${plural(minutes, { one: "# minute", other: "# minutes" })} behind the server's. Requests will be refused: turn on automatic time.`;
  return { tone: "error", text };
}
