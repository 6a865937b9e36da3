/**
 * Draws pages with pdf.js, in a worker of its own for each document: whatever a file does to it, ending the worker
 * ends it. Scripts, forms (XFA), links and passwords are left out, and nothing is fetched from anywhere.
 */
import { AnnotationMode, getDocument, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { inTime } from "./in-time";
import { PdfError, type OpenPdf, type PdfPages } from "./pdf";

const OPEN_MS = 20_000;
const DRAW_MS = 20_000;
/** A page of A4 scanned at 600 dots per inch has 35 million; a picture beyond this is left out. */
const MOST_IMAGE_PIXELS = 40_000_000;
/** Of a page as it is drawn, which bounds what a page in view holds to 32 MB. */
const MOST_PAGE_PIXELS = 8_000_000;
/** Narrower or flatter pages would be a line, or a scroll without end: they are not drawn. */
const MOST_ASPECT = 10;

export const openPdf: OpenPdf = async (bytes, signal) => {
  signal.throwIfAborted();
  const port = new Worker(new URL("./pdf-worker.ts", import.meta.url), { type: "module" });
  const broken = new Promise<never>((_, reject) => {
    port.addEventListener("error", () => reject(new PdfError("no-drawing")));
  });
  broken.catch(() => undefined);
  const worker = PDFWorker.create({ port, verbosity: 0 });
  const task = getDocument({
    data: bytes,
    worker,
    verbosity: 0,
    enableXfa: false,
    useWasm: false,
    wasmUrl: new URL("pdf/", document.baseURI).href,
    maxImageSize: MOST_IMAGE_PIXELS,
    disableAutoFetch: true,
    disableRange: true,
    disableStream: true,
    disableWorkerRendering: true,
  });
  const close = () => {
    signal.removeEventListener("abort", close);
    // It may no longer answer; that it is gone is all that is wanted.
    task.destroy().catch(() => undefined);
    worker.destroy();
    port.terminate();
  };
  signal.addEventListener("abort", close);
  try {
    const pdf = await inTime(Promise.race([task.promise, broken]), OPEN_MS, signal);
    if (!(pdf.numPages > 0)) throw new PdfError("damaged");
    return pagesOf(pdf, close);
  } catch (thrown) {
    close();
    throw named(thrown);
  }
};

function pagesOf(pdf: PDFDocumentProxy, close: () => void): PdfPages {
  const ended = new AbortController();
  const end = () => {
    ended.abort();
    close();
  };
  // Where one page does not come to an end, the worker is lost to the others too.
  const orEnd = async <T>(wanted: Promise<T>, ...signals: AbortSignal[]): Promise<T> => {
    try {
      return await inTime(wanted, DRAW_MS, ...signals, ended.signal);
    } catch (thrown) {
      if (thrown instanceof PdfError && thrown.trouble === "slow") {
        ended.abort(thrown);
        close();
      }
      throw named(thrown);
    }
  };

  return {
    count: pdf.numPages,
    aspect: async (at) => {
      const page = await orEnd(pdf.getPage(at + 1));
      const { width, height } = page.getViewport({ scale: 1 });
      return Math.min(Math.max(width / height, 1 / MOST_ASPECT), MOST_ASPECT);
    },
    draw: async (at, width, signal) => {
      const page = await orEnd(pdf.getPage(at + 1), signal);
      const whole = page.getViewport({ scale: 1 });
      const aspect = whole.width / whole.height;
      if (aspect < 1 / MOST_ASPECT || aspect > MOST_ASPECT) throw new PdfError("damaged");
      const most = Math.sqrt(MOST_PAGE_PIXELS / (whole.width * whole.height));
      const viewport = page.getViewport({ scale: Math.min(width / whole.width, most) });
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      const drawing = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
      try {
        await orEnd(drawing.promise, signal);
        return canvas;
      } catch (thrown) {
        drawing.cancel();
        canvas.width = 0;
        throw thrown;
      } finally {
        page.cleanup();
      }
    },
    close: end,
  };
}

function named(thrown: unknown): unknown {
  if (thrown instanceof PdfError) return thrown;
  if (thrown instanceof DOMException && thrown.name === "AbortError") return thrown;
  const locked = thrown instanceof Error && thrown.name === "PasswordException";
  return new PdfError(locked ? "locked" : "damaged", { cause: thrown });
}
