/** Opens the PDF of a credential once it is looked at, and ends all of it when it goes. */
import { useEffect, useState } from "react";
import { bytesOf, troubleOf, useOpenPdf, type PdfPages, type PdfTrouble } from "./pdf";

export type Opened =
  | { state: "opening" }
  | { state: "open"; pages: PdfPages; aspect: number }
  | { state: "failed"; trouble: PdfTrouble };

const OPENING: Opened = { state: "opening" };

/** `wanted`: whether it is looked at yet. */
export function usePdf(base64: string, wanted: boolean): Opened {
  const open = useOpenPdf();
  const [found, setFound] = useState<{ base64: string; opened: Opened } | null>(null);

  useEffect(() => {
    if (!wanted) return;
    const leaving = new AbortController();
    let pages: PdfPages | null = null;
    const tell = (opened: Opened) => {
      if (!leaving.signal.aborted) setFound({ base64, opened });
    };
    const start = async () => {
      try {
        pages = await open(bytesOf(base64), leaving.signal);
        if (leaving.signal.aborted) return pages.close();
        tell({ state: "open", pages, aspect: await pages.aspect(0) });
      } catch (thrown) {
        pages?.close();
        tell({ state: "failed", trouble: troubleOf(thrown) });
      }
    };
    void start();
    return () => {
      leaving.abort();
      pages?.close();
    };
  }, [base64, wanted, open]);

  return found?.base64 === base64 ? found.opened : OPENING;
}
