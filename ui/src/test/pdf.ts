/** Stands in for what draws pages, where there is no canvas: it knows how many pages a plain PDF says it has. */
import { PdfError, type OpenPdf } from "../views/request/pages/pdf";

export const openPlainPdf: OpenPdf = async (bytes) => {
  const text = String.fromCharCode(...bytes.subarray(0, 2_000));
  const count = Number(/\/Count (\d+)/.exec(text)?.[1] ?? 0);
  if (text.includes("/Encrypt")) throw new PdfError("locked");
  if (!text.startsWith("%PDF-") || count === 0) throw new PdfError("damaged");
  let closed = false;
  return {
    count,
    aspect: async () => 595 / 842,
    draw: async (_page, width) => {
      if (closed) throw new PdfError("slow");
      const canvas = document.createElement("canvas");
      canvas.width = width;
      return canvas;
    },
    close: () => {
      closed = true;
    },
  };
};
