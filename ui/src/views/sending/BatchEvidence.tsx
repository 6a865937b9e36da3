/** A batch is exported whole, with the lists it was made of. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { BatchView } from "../../api/types";
import { ExportPack } from "../../exports/ExportPack";
import styles from "./Sending.module.css";

export function BatchEvidence({ batch }: { batch: BatchView }) {
  const { t } = useLingui();
  return (
    <section className={styles.railPart} aria-labelledby="batch-evidence-title">
      <h2 id="batch-evidence-title">
        <Trans>Evidence</Trans>
      </h2>
      <ExportPack
        wide
        offers={[
          {
            scope: { kind: "batch", id: batch.id },
            title: t`This batch`,
            text: batch.name,
          },
        ]}
      />
    </section>
  );
}
