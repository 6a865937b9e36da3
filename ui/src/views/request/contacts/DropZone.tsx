/** Where a list comes from: a file dropped or chosen, the clipboard, or an empty list to fill in first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../../../api/problems";
import type { Problem } from "../../../api/types";
import { Button, Callout } from "../../../components";
import { useImport } from "../list";
import styles from "../Whom.module.css";
import { useSayAdded } from "./added-words";
import { useListAtWork } from "./progress";
import { EmptyList } from "./Saving";
import { usePaste } from "./use-paste";

export function DropZone({ onProblem }: { onProblem: (problem: Problem | null) => void }) {
  const { t } = useLingui();
  const say = useSayAdded();
  const { busy } = useListAtWork();
  const choose = useImport((platform) => platform.listChoose(), { dialog: true });
  const { paste, waits, empty } = usePaste(onProblem);

  const chooseFile = () =>
    choose.mutate(undefined, {
      onSuccess: (report) => {
        onProblem(null);
        if (report) say(report);
      },
      onError: (thrown) => onProblem(asProblem(thrown)),
    });

  return (
    <>
      <div className={styles.dropZone} data-testid="drop-zone">
        <p>
          <strong>
            <Trans>Drop a contact list anywhere on this window</Trans>
          </strong>{" "}
          <span className={styles.soft}>
            <Trans>CSV, Excel, OpenDocument, vCard, JSON or text</Trans>
          </span>
        </p>
        <div className={styles.dropButtons}>
          <Button testId="choose-file" isPending={busy || choose.isPending} onPress={chooseFile}>
            <Trans>Choose file…</Trans>
          </Button>
          <Button
            testId="paste-list"
            isPending={waits}
            onPress={paste}
            aria-keyshortcuts="Control+V Meta+V"
          >
            <Trans>Paste</Trans>
          </Button>
        </div>
        <EmptyList onProblem={onProblem} />
      </div>
      {empty ? (
        <Callout tone="neutral" testId="paste-empty" title={t`There is no text on the clipboard.`}>
          <Trans>Copy cells or lines with people first, then paste again.</Trans>
        </Callout>
      ) : null}
    </>
  );
}
