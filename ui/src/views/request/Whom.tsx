/** Whom: where people come from, what was found in them, and the list itself. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import type { Problem, Show } from "../../api/types";
import {
  Button,
  Callout,
  controlId,
  ProblemCallout,
  Section,
  TextArea,
  useAnnounce,
} from "../../components";
import { ContactTable } from "./ContactTable";
import { useFormState, useFormStore } from "./FormProvider";
import { useImport, useSummary } from "./list";
import { ListBar, ListFoot, ReasonCounts } from "./ListBar";
import { useIssue } from "./visible-issues";
import styles from "./Whom.module.css";

export function Whom() {
  const { t } = useLingui();
  const summary = useSummary();
  const [show, setShow] = useState<Show>("all");
  const [search, setSearch] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const { imported } = useFormState();

  return (
    <Section title={t`Whom`}>
      <DropZone onProblem={setProblem} />
      <AddByHand onProblem={setProblem} />
      {problem ? <ProblemCallout problem={problem} /> : null}
      {imported && imported.problems.length > 0 ? (
        <Callout tone="error" title={t`These files were not used`} testId="import-problems" alert>
          <ul>
            {imported.problems.map((refused) => (
              <li key={`${refused.name} ${refused.message}`}>
                <strong>{refused.name}</strong>: {refused.message}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {summary.data && summary.data.all > 0 ? (
        <>
          <ListBar
            summary={summary.data}
            show={show}
            onShow={setShow}
            search={search}
            onSearch={setSearch}
          />
          <ReasonCounts summary={summary.data} />
          <ContactTable show={show} search={search} count={summary.data.all} />
          <ListFoot summary={summary.data} onProblem={setProblem} />
        </>
      ) : null}
      {summary.isError ? <ProblemCallout problem={asProblem(summary.error)} /> : null}
    </Section>
  );
}

function DropZone({ onProblem }: { onProblem: (problem: Problem | null) => void }) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const choose = useImport((platform) => platform.listChoose());
  return (
    <div className={styles.dropZone} data-testid="drop-zone">
      <p>
        <strong>
          <Trans>Drop a contact list anywhere on this window</Trans>
        </strong>{" "}
        <span className={styles.soft}>
          <Trans>CSV or plain text, one person per line</Trans>
        </span>
      </p>
      <Button
        testId="choose-file"
        isDisabled={choose.isPending}
        onPress={() =>
          choose.mutate(undefined, {
            onSuccess: (report) => {
              onProblem(null);
              if (report) announce(t`${report.added} rows added to the list.`);
            },
            onError: (thrown) => onProblem(asProblem(thrown)),
          })
        }
      >
        <Trans>Choose file…</Trans>
      </Button>
    </div>
  );
}

function AddByHand({ onProblem }: { onProblem: (problem: Problem | null) => void }) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const store = useFormStore();
  const pendingContacts = useFormState().form?.pendingContacts ?? "";
  const add = useImport((platform, text: string) => platform.listAdd(text));
  const error = useIssue("contacts");

  const addTyped = () => {
    const text = pendingContacts;
    if (!text.trim() || add.isPending) return;
    add.mutate(text, {
      onSuccess: (report) => {
        onProblem(null);
        // What was typed meanwhile stays.
        if (store.snapshot().form?.pendingContacts === text) store.typeContacts("");
        announce(t`${report?.added ?? 0} rows added to the list.`);
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
