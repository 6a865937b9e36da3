/** When the stand-in answers: a little later, late, or with a refusal. */
import type { ListProgress } from "../../api/types";
import type { Platform } from "../platform";
import { problem } from "./requests";

/** Commands answer later and may be told to wait or to reject; subscriptions answer at once. */
export function answering(
  commands: Record<keyof Platform, (...args: never[]) => unknown>,
  told: {
    rejects: Partial<Record<keyof Platform, unknown>>;
    holds: Partial<Record<keyof Platform, Promise<unknown>>>;
  },
): Platform {
  const entries = Object.entries(commands) as [keyof Platform, (...args: unknown[]) => unknown][];
  const platform = entries.map(([name, run]) => [
    name,
    name.startsWith("on")
      ? run
      : async (...args: unknown[]) => {
          await told.holds[name];
          if (told.rejects[name]) throw told.rejects[name];
          return structuredClone(await run(...args));
        },
  ]);
  return Object.fromEntries(platform) as Platform;
}

/** Runs something as if it took `wholeMs`, telling how far it is, until it is cancelled. */
export function slowly(wholeMs: number, tell: (progress: ListProgress | null) => void) {
  const asked = { cancel: false };
  return {
    async run<T>(name: string, work: () => T): Promise<T> {
      asked.cancel = false;
      for (let done = 0; done < wholeMs && !asked.cancel; done += 100) {
        const step = done * 2 < wholeMs ? "reading" : "judging";
        tell({ name, step, done: (done * 2) % wholeMs, all: wholeMs });
        await new Promise((next) => setTimeout(next, 100));
      }
      if (wholeMs > 0) tell(null);
      if (asked.cancel) throw problem("cancelled", "");
      return work();
    },
    cancel(): null {
      asked.cancel = true;
      return null;
    },
  };
}
