/** What people are asked: resources and groups made in Humanos, and credentials made here. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Draft } from "../../api/types";
import { Button, controlId, FieldError, goToControl, Section } from "../../components";
import { BoundLines } from "./bound";
import { CredentialEditor } from "./CredentialEditor";
import { emptyCredential, removeAt } from "./draft";
import { useFormStore } from "./FormProvider";
import { PracticeTerms } from "./PracticeTerms";
import styles from "./RequestView.module.css";
import { useIssue } from "./visible-issues";

export function What({ draft }: { draft: Draft }) {
  const { t } = useLingui();
  const store = useFormStore();
  const error = useIssue("credentials");
  // A removed credential must take what its editor remembers with it.
  const [removals, setRemovals] = useState(0);

  const add = () => {
    const at = draft.credentials.length;
    store.change("credentials", (now) => ({
      ...now,
      credentials: [...now.credentials, emptyCredential("CONSENT")],
    }));
    requestAnimationFrame(() => goToControl(`credentials.${at}.type`));
  };

  const remove = (at: number) => {
    setRemovals((count) => count + 1);
    store.change("credentials", (now) => ({
      ...now,
      credentials: removeAt(now.credentials, at),
    }));
    document.querySelector<HTMLElement>("[data-testid=add-credential]")?.focus();
  };

  return (
    <Section title={t`What`} hint={t`At least one of the three: resources, groups or credentials.`}>
      <div className={styles.two}>
        <BoundLines
          path="resourcesIds"
          label={t`Resources`}
          wire="resourcesIds"
          hint={t`Ids from the Humanos dashboard, one per line`}
          value={draft.resourcesIds}
          set={(now, resourcesIds) => ({ ...now, resourcesIds })}
        />
        <BoundLines
          path="groupIds"
          label={t`Groups (workflows)`}
          wire="groupIds"
          hint={t`Ids from the Humanos dashboard, one per line`}
          value={draft.groupIds}
          set={(now, groupIds) => ({ ...now, groupIds })}
        />
      </div>
      <PracticeTerms draft={draft} />
      <div
        className={styles.group}
        role="group"
        aria-label={t`Credentials`}
        data-testid="credentials"
        id={controlId("credentials")}
        tabIndex={-1}
      >
        <h3>
          <Trans>Credentials made here</Trans> <code className={styles.wire}>credentials</code>
        </h3>
        <FieldError path="credentials" error={error} />
        {draft.credentials.map((credential, at) => (
          <CredentialEditor
            key={`${removals} ${at}`}
            at={at}
            credential={credential}
            onRemove={() => remove(at)}
          />
        ))}
        <div>
          <Button testId="add-credential" onPress={add}>
            <Trans>Add a credential</Trans>
          </Button>
        </div>
      </div>
    </Section>
  );
}
