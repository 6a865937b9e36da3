/** The pages of a document with its fields on them. The numbers under it are the same fields. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { OpenPages, type PagesProps } from "./OpenPages";
import styles from "./Pages.module.css";
import { PdfTroubleNote } from "./PdfTroubleNote";
import { useNear } from "./use-near";
import { usePdf } from "./use-pdf";

export function Pages(props: PagesProps & { base64: string; fileName: string }) {
  const { t } = useLingui();
  const panel = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  const near = useNear(panel);
  // Once opened it stays so: scrolling away and back is no reason to read it again.
  if (near && !seen) setSeen(true);
  const opened = usePdf(props.base64, seen);

  return (
    <div
      ref={panel}
      className={styles.panel}
      role="group"
      aria-label={t`Pages of ${props.fileName}`}
      data-testid={`pages-${props.at}`}
    >
      {opened.state === "opening" ? (
        <p className={styles.opening} role="status">
          <Trans>Opening the PDF…</Trans>
        </p>
      ) : opened.state === "failed" ? (
        <PdfTroubleNote trouble={opened.trouble} />
      ) : (
        <OpenPages {...props} {...opened} />
      )}
    </div>
  );
}
