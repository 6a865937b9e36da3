/** The frame of an export: what is chosen, how far it is, what went wrong. What was chosen stays. */
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button, FormDialog, ProblemCallout } from "../components";
import styles from "./Exports.module.css";
import type { Work } from "./use-work";
import { WorkProgress } from "./WorkProgress";

export interface ExportDialogProps {
  title: string;
  testId: string;
  narrow?: boolean;
  work: Work;
  onSave: () => void;
  onClose: () => void;
  /** The id of what says why nothing can be saved now. */
  refusedBy?: string | undefined;
  children: ReactNode;
}

export function ExportDialog(props: ExportDialogProps) {
  const { work, onClose, refusedBy } = props;
  return (
    <FormDialog
      title={props.title}
      testId={props.testId}
      narrow={props.narrow}
      busy={work.busy}
      onClose={onClose}
      notice={
        work.progress ? (
          <WorkProgress progress={work.progress} />
        ) : work.problem ? (
          <ProblemCallout problem={work.problem} />
        ) : null
      }
      buttons={
        <>
          {/* One button for both, so that the focus stays where it was pressed. */}
          <Button
            testId="export-cancel"
            isPending={work.ending || (work.busy && !work.progress)}
            onPress={work.busy ? work.end : onClose}
          >
            {work.ending ? <Trans>Ending…</Trans> : <Trans>Cancel</Trans>}
          </Button>
          <Button
            kind="primary"
            testId="export-save"
            isPending={work.busy || refusedBy !== undefined}
            aria-describedby={refusedBy}
            onPress={props.onSave}
          >
            {work.busy ? <Trans>Saving…</Trans> : <Trans>Save as…</Trans>}
          </Button>
        </>
      }
    >
      <fieldset className={styles.fields} disabled={work.busy}>
        {props.children}
      </fieldset>
    </FormDialog>
  );
}
