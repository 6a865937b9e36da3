/** The pages of a PDF as pictures. What draws them stands behind this, so that it comes only when it is needed. */
import { createContext, use } from "react";

export interface PdfPages {
  readonly count: number;
  /** Width over height of a page, as it is shown; pages are counted from 0. */
  aspect(page: number): Promise<number>;
  /** A picture of the page, so many pixels wide if that is not too large. */
  draw(page: number, width: number, signal: AbortSignal): Promise<HTMLCanvasElement>;
  /** Ends all that is under way. */
  close(): void;
}

export type OpenPdf = (bytes: Uint8Array, signal: AbortSignal) => Promise<PdfPages>;

export type PdfTrouble =
  /** No PDF, or one that is broken. */
  | "damaged"
  /** It asks for a password. */
  | "locked"
  /** It took longer than anyone would wait. */
  | "slow"
  /** Larger than what is sent. */
  | "large"
  /** What draws could not be started here. */
  | "no-drawing";

export class PdfError extends Error {
  constructor(
    readonly trouble: PdfTrouble,
    options?: ErrorOptions,
  ) {
    super(trouble, options);
    this.name = "PdfError";
  }
}

/** What cannot be named is called damaged: the file is what differs from one time to the next. */
export function troubleOf(thrown: unknown): PdfTrouble {
  return thrown instanceof PdfError ? thrown.trouble : "damaged";
}

/** The most that can be sent. */
export const MOST_BYTES = 10 * 1024 * 1024;

export function bytesOf(base64: string): Uint8Array {
  if ((base64.length / 4) * 3 > MOST_BYTES + 2) throw new PdfError("large");
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new PdfError("damaged", { cause });
  }
}

const openLater: OpenPdf = async (bytes, signal) => {
  const { openPdf } = await import("./pdf-js").catch((cause: unknown) => {
    throw new PdfError("no-drawing", { cause });
  });
  return openPdf(bytes, signal);
};

/** Tests put something in its place that needs no canvas. */
export const PdfContext = createContext<OpenPdf>(openLater);

export function useOpenPdf(): OpenPdf {
  return use(PdfContext);
}
