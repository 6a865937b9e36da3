/** Whom: where people come from, what was found in them, and the list itself. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import type { Problem } from "../../api/types";
import { Button, controlId, ProblemCallout, Section, TextArea } from "../../components";
import { useSayAdded } from "./contacts/added-words";
import { useAsk } from "./contacts/ask";
import { ColumnsDialog } from "./contacts/ColumnsDialog";
import { ContactTable } from "./contacts/ContactTable";
import { DropZone } from "./contacts/DropZone";
import { ImportNote } from "./contacts/ImportNote";
import { ListBar } from "./contacts/ListBar";
import { ListFoot } from "./contacts/ListFoot";
import { ListProgress } from "./contacts/ListProgress";
import { useListAtWork } from "./contacts/progress";
import { Sources } from "./contacts/Sources";
import { UndoButton } from "./contacts/UndoButton";
import { useFormState, useFormStore } from "./FormProvider";
import { useImport, useSummary } from "./list";
import { useIssue } from "./visible-issues";
import styles from "./Whom.module.css";

export function Whom() {
  const { t } = useLingui();
  const summary = useSummary();
  const controls = useAsk();
  const [problem, setProblem] = useState<Problem | null>(null);
  /** The source whose columns are being chosen. */
  const [choosing, setChoosing] = useState<number | null>(null);
  const list = summary.data;
  const chosen = choosing === null ? undefined : list?.sources[choosing];

  return (
    <Section title={t`Whom`}>
      <DropZone onProblem={setProblem} />
      <AddByHand onProblem={setProblem} />
      {/* With the dialog open it stands in there, where it can be reached. */}
      {chosen ? null : <ListProgress />}
      {problem ? <ProblemCallout problem={problem} /> : null}
      <ImportNote />
      {list && list.all > 0 ? (
        <>
          <Sources summary={list} onColumns={setChoosing} onProblem={setProblem} />
          <ListBar summary={list} controls={controls} onProblem={setProblem} />
          <ContactTable summary={list} controls={controls} onProblem={setProblem} />
          <ListFoot summary={list} onProblem={setProblem} />
        </>
      ) : list && list.undo !== null ? (
        // Everything was removed: the way back stays.
        <UndoButton label={list.undo} onProblem={setProblem} />
      ) : null}
      {choosing !== null && chosen ? (
        <ColumnsDialog at={choosing} source={chosen} onClose={() => setChoosing(null)} />
      ) : null}
      {summary.isError ? <ProblemCallout problem={asProblem(summary.error)} /> : null}
    </Section>
  );
}

function AddByHand({ onProblem }: { onProblem: (problem: Problem | null) => void }) {
  const { t } = useLingui();
  const say = useSayAdded();
  const store = useFormStore();
  const { busy } = useListAtWork();
  const pendingContacts = useFormState().form?.pendingContacts ?? "";
  const add = useImport((platform, text: string) => platform.listAdd(text));
  const error = useIssue("contacts");

  const addTyped = () => {
    const text = pendingContacts;
    if (!text.trim() || add.isPending || busy) return;
    add.mutate(text, {
      onSuccess: (report) => {
        onProblem(null);
        // What was typed meanwhile stays.
        if (store.snapshot().form?.pendingContacts === text) store.typeContacts("");
        if (report) say(report);
        document.getElementById(controlId("contacts"))?.focus();
      },
      onError: (thrown) => onProblem(asProblem(thrown)),
    });
  };

  return (
    <div className={styles.byHand}>
      <TextArea
        path="contacts"
        label={t`Or type or paste people`}
        hint={t`Emails or phone numbers, one per line.`}
        value={pendingContacts}
        rows={Math.min(6, Math.max(2, pendingContacts.split("\n").length))}
        code
        error={error}
        onChange={(text) => store.typeContacts(text)}
        onBlur={() => {
          if (pendingContacts.trim() === "") store.touch("contacts");
        }}
      />
      <Button testId="add-contacts" onPress={addTyped} isDisabled={!pendingContacts.trim()}>
        <Trans>Add</Trans>
      </Button>
    </div>
  );
}
