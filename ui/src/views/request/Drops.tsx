/** The whole window takes files, on every view. Rust reads them; here the officer sees that they land. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { useRouter } from "../../router";
import { useSayAdded } from "./contacts/added-words";
import styles from "./Drops.module.css";
import { withDocument } from "./draft";
import { useFormStore } from "./FormProvider";
import { useListChanged } from "./list";

export function Drops() {
  const platform = usePlatform();
  const store = useFormStore();
  const announce = useAnnounce();
  const changed = useListChanged();
  const say = useSayAdded();
  const { t } = useLingui();
  const { place, navigate } = useRouter();
  const [over, setOver] = useState(false);
  const elsewhere = place.view !== "request";

  useEffect(() => platform.onDrag(setOver), [platform]);

  useEffect(
    () =>
      platform.onListChanged((report) => {
        setOver(false);
        changed(report.summary, report);
        say(report);
        if (elsewhere) navigate("request");
      }),
    [platform, changed, say, elsewhere, navigate],
  );

  useEffect(
    () =>
      platform.onDocumentDropped((document) => {
        setOver(false);
        store.change("credentials", (draft) => withDocument(draft, document));
        announce(t`${document.fileName} is attached.`);
        if (elsewhere) navigate("request");
      }),
    [platform, store, announce, t, elsewhere, navigate],
  );

  useEffect(() => {
    const stop = [
      platform.onPayloadDropped(() => setOver(false)),
      platform.onPayloadProblem(() => setOver(false)),
      platform.onReceiptChecking(() => setOver(false)),
      platform.onReceiptDropped(() => setOver(false)),
      platform.onReceiptProblem(() => setOver(false)),
    ];
    return () => stop.forEach((end) => end());
  }, [platform]);

  if (!over) return null;
  if (place.view === "answers") {
    return (
      <div className={styles.overlay} role="status" data-testid="drop-overlay">
        <p>
          <Trans>Drop to open the answer in it</Trans>
        </p>
        <p className={styles.more}>
          <Trans>An encrypted answer or the body of a webhook, as a file</Trans>
        </p>
      </div>
    );
  }
  if (place.view === "evidence") {
    return (
      <div className={styles.overlay} role="status" data-testid="drop-overlay">
        <p>
          <Trans>Drop to check it</Trans>
        </p>
        <p className={styles.more}>
          <Trans>A receipt as JSON or PDF, or an evidence pack (ZIP)</Trans>
        </p>
      </div>
    );
  }
  return (
    <div className={styles.overlay} role="status" data-testid="drop-overlay">
      <p>
        <Trans>Drop to add the people in it</Trans>
      </p>
      <p className={styles.more}>
        <Trans>
          A contact list (CSV, Excel, OpenDocument, vCard, JSON or text), or a PDF to be signed
        </Trans>
      </p>
    </div>
  );
}

/** "1,190 people", "1 person". */
export function People({ count }: { count: number }) {
  return <Plural value={count} one="# person" other="# people" />;
}
