/** Why the pages of a PDF are not shown. Its fields can be placed all the same, by numbers. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Callout } from "../../../components";
import type { PdfTrouble } from "./pdf";

export function PdfTroubleNote({ trouble }: { trouble: PdfTrouble }) {
  const { t } = useLingui();
  const words: Record<PdfTrouble, string> = {
    damaged: t`The file is damaged, or no PDF. Open it elsewhere to see whether it is whole.`,
    locked: t`The PDF asks for a password. People could not open it either: save it without one.`,
    slow: t`Opening the PDF took too long.`,
    large: t`The file is too large to be sent.`,
    "no-drawing": t`What draws the pages did not start on this computer.`,
  };
  return (
    <Callout tone="warning" title={t`The pages cannot be shown`} testId="pages-trouble">
      <p>{words[trouble]}</p>
      <p>
        <Trans>Fields can still be placed by their numbers below.</Trans>
      </p>
    </Callout>
  );
}
