/** Who asks: printed on receipts. */
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
      hint={<Trans>Printed on receipts. The people you ask do not see it.</Trans>}
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
      </div>
      {save.isError ? <ProblemCallout problem={asProblem(save.error)} /> : null}
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
