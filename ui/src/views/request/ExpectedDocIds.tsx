/** Document numbers that must match: Humanos checks them against each person's identity document. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Draft, ExpectedDocId } from "../../api/types";
import { Button, controlId, FieldError, goToControl } from "../../components";
import { BoundText } from "./bound";
import { removeAt, replaceAt } from "./draft";
import { useFormStore } from "./FormProvider";
import { useSomeContacts } from "./list";
import styles from "./RequestView.module.css";
import { useIssue } from "./visible-issues";

export function ExpectedDocIds({ draft }: { draft: Draft }) {
  const { t } = useLingui();
  const store = useFormStore();
  const contacts = useSomeContacts();
  const error = useIssue("expectedDocIds");
  const change = (recipe: (all: ExpectedDocId[]) => ExpectedDocId[]) =>
    store.change("expectedDocIds", (now) => ({
      ...now,
      expectedDocIds: recipe(now.expectedDocIds),
    }));
  const set = (now: Draft, at: number, to: Partial<ExpectedDocId>): Draft => {
    const row = now.expectedDocIds[at] ?? { contact: "", docId: "" };
    return { ...now, expectedDocIds: replaceAt(now.expectedDocIds, at, { ...row, ...to }) };
  };

  return (
    <div
      className={styles.group}
      role="group"
      aria-label={t`Expected documents`}
      data-testid="expectedDocIds"
      id={controlId("expectedDocIds")}
      tabIndex={-1}
    >
      <h3>
        <Trans>Expected documents</Trans> <code className={styles.wire}>expectedDocIds</code>
      </h3>
      <p className={styles.soft}>
        <Trans>A person named here must show a document with this number.</Trans>
      </p>
      <FieldError path="expectedDocIds" error={error} />
      {draft.expectedDocIds.map((row, at) => (
        // Every control is tied to its place in the list, so the place is its name.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.pair}>
          <BoundText
            path={`expectedDocIds.${at}.contact`}
            label={t`Person ${at + 1}`}
            choices={contacts}
            value={row.contact}
            set={(now, contact) => set(now, at, { contact })}
          />
          <BoundText
            path={`expectedDocIds.${at}.docId`}
            label={t`Document number ${at + 1}`}
            value={row.docId}
            set={(now, docId) => set(now, at, { docId })}
          />
          <Button
            kind="quiet"
            testId={`remove-expected-doc-${at}`}
            aria-label={t`Remove document ${at + 1}`}
            onPress={() => change((all) => removeAt(all, at))}
          >
            <Trans>Remove</Trans>
          </Button>
        </div>
      ))}
      <div>
        <Button
          testId="add-expected-doc"
          onPress={() => {
            const at = draft.expectedDocIds.length;
            change((all) => [...all, { contact: "", docId: "" }]);
            requestAnimationFrame(() => goToControl(`expectedDocIds.${at}.contact`));
          }}
        >
          <Trans>Add a document number</Trans>
        </Button>
      </div>
    </div>
  );
}
