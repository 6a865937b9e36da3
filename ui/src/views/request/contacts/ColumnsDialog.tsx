/** How a file is read and what each of its columns is for, with what that gives before it is applied. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem } from "../../../api/problems";
import type { Source } from "../../../api/types";
import {
  Button,
  Callout,
  FormDialog,
  Loading,
  ProblemCallout,
  useAnnounce,
} from "../../../components";
import { useListCommand } from "../list";
import styles from "./ColumnsDialog.module.css";
import { ColumnsTable } from "./ColumnsTable";
import { ListProgress } from "./ListProgress";
import { PreviewTable } from "./PreviewTable";
import { ReadingFields } from "./ReadingFields";
import { isContactKind } from "./reading-words";
import { useColumnsForm } from "./use-columns-form";

export function ColumnsDialog(props: { at: number; source: Source; onClose: () => void }) {
  const { at, source, onClose } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const form = useColumnsForm(at, source);
  const [refused, setRefused] = useState(false);
  const apply = useListCommand((platform) =>
    platform.listRead(
      at,
      form.reading,
      form.columns.map((column) => column.target),
    ),
  );
  const { preview, columns } = form;
  const nobody = !columns.some((column) => isContactKind(column.target));
  const name = source.sheet ? `${source.name}, ${source.sheet}` : source.name;
  const problem = form.error ?? apply.error;

  const press = () => {
    if (form.waiting || !preview) return;
    setRefused(nobody);
    if (nobody) return;
    apply.mutate(undefined, {
      onSuccess: (summary) => {
        const rows = summary.sources[at]?.rows ?? 0;
        announce(plural(rows, { one: "Read anew: # row.", other: "Read anew: # rows." }));
        onClose();
      },
    });
  };

  return (
    <FormDialog
      title={t`Columns of ${name}`}
      testId="columns-dialog"
      busy={apply.isPending}
      onClose={onClose}
      notice={
        <>
          <ListProgress />
          {refused && nobody ? (
            <Callout
              tone="error"
              testId="issue-columns"
              title={t`No column says whom to ask`}
              alert
            >
              <Trans>Choose Email, Phone or Contact for at least one column.</Trans>
            </Callout>
          ) : null}
          {problem ? (
            <ProblemCallout problem={asProblem(problem)} testId="columns-problem" />
          ) : null}
        </>
      }
      buttons={
        <>
          <Button testId="columns-cancel" onPress={onClose} isDisabled={apply.isPending}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            kind="primary"
            testId="columns-apply"
            isPending={apply.isPending || form.waiting}
            onPress={press}
          >
            {apply.isPending ? <Trans>Reading…</Trans> : <Trans>Use these columns</Trans>}
          </Button>
        </>
      }
    >
      <ReadingFields
        source={source}
        reading={form.reading}
        detected={form.detected}
        preview={preview}
        onRead={form.read}
      />
      {preview ? (
        <>
          <ColumnsTable columns={columns} onChoose={form.choose} />
          <p className={styles.soft}>
            <Trans>Your choice is remembered for files whose columns have the same names.</Trans>
          </p>
          <p role="status" data-testid="columns-count">
            <strong>
              <Plural value={preview.count} one="# row" other="# rows" />
              {preview.unreadable > 0 ? (
                <>
                  {", "}
                  <Plural
                    value={preview.unreadable}
                    one="# cannot be read like this"
                    other="# cannot be read like this"
                  />
                </>
              ) : null}
            </strong>
          </p>
          <PreviewTable preview={preview} columns={columns} />
        </>
      ) : problem ? null : (
        <Loading />
      )}
    </FormDialog>
  );
}
