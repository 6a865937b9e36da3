/** Waits no longer than that. While nobody sees the window the browser draws nothing, so that time does not count. */
import { PdfError } from "./pdf";

const TICK_MS = 500;

export function inTime<T>(
  wanted: Promise<T>,
  mostMs: number,
  ...signals: AbortSignal[]
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let left = mostMs;
    const timer = setInterval(() => {
      if (document.visibilityState === "hidden") return;
      left -= TICK_MS;
      if (left <= 0) end(() => reject(new PdfError("slow")));
    }, TICK_MS);
    const stop = () => {
      const first = signals.find((signal) => signal.aborted);
      end(() => reject(first?.reason));
    };
    const end = (how: () => void) => {
      clearInterval(timer);
      for (const signal of signals) signal.removeEventListener("abort", stop);
      how();
    };
    for (const signal of signals) signal.addEventListener("abort", stop);
    if (signals.some((signal) => signal.aborted)) stop();
    wanted.then(
      (value) => end(() => resolve(value)),
      (reason: unknown) => end(() => reject(reason)),
    );
  });
}
