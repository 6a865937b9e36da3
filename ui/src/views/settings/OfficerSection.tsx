/** Who asks, as printed on receipts, and where test sends go. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { Officer } from "../../api/types";
import { Button, Loading, ProblemCallout, Section, TextField } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./Settings.module.css";

export function OfficerSection() {
  const platform = usePlatform();
  const officer = useQuery({ queryKey: KEYS.officer, queryFn: () => platform.officer() });
  return (
    <Section
      title={<Trans>Officer and organisation</Trans>}
      hint={
        <Trans>
          Your name and organisation are printed on receipts. The people you ask do not see them.
        </Trans>
      }
    >
      {officer.isPending ? <Loading /> : null}
      {officer.isError ? <ProblemCallout problem={asProblem(officer.error)} /> : null}
      {officer.data ? <OfficerForm officer={officer.data} /> : null}
    </Section>
  );
}

function OfficerForm({ officer }: { officer: Officer }) {
  const platform = usePlatform();
  const client = useQueryClient();
  const { t } = useLingui();
  const [typed, setTyped] = useState(officer);
  const save = useMutation({
    mutationFn: () => platform.saveOfficer(typed),
    onSuccess: () => client.setQueryData(KEYS.officer, typed),
  });
  const refused = save.error && asProblem(save.error);
  const change = (part: Partial<Officer>) => {
    setTyped({ ...typed, ...part });
    save.reset();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className={styles.fields}>
        <TextField
          path="officer.name"
          label={t`Your name`}
          autoComplete="name"
          value={typed.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          path="officer.organisation"
          label={t`Organisation`}
          autoComplete="organization"
          value={typed.organisation}
          onChange={(organisation) => change({ organisation })}
        />
        <TextField
          path="officer.contact"
          label={t`Your own email or phone`}
          hint={t`Where “Test to me” sends a request before its people get it. A phone with its country code.`}
          value={typed.contact}
          error={refused?.field?.endsWith("contact") ? refused.message : undefined}
          onChange={(contact) => change({ contact })}
        />
      </div>
      {refused && !refused.field?.endsWith("contact") ? <ProblemCallout problem={refused} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" testId="officer-save" isPending={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        <span role="status" data-testid="officer-saved" className={styles.soft}>
          {save.isSuccess ? <Trans>✓ Saved</Trans> : null}
        </span>
      </div>
    </form>
  );
}
