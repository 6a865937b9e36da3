/** What the list gives out as a file: the rows that are not used, or an empty list to fill in. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asProblem } from "../../../api/problems";
import type { Problem, Saved } from "../../../api/types";
import { Button, useAnnounce } from "../../../components";
import { usePlatform, type Platform } from "../../../platform";
import styles from "../Whom.module.css";

type OnProblem = (problem: Problem | null) => void;

export function ExportUnused({ onProblem }: { onProblem: OnProblem }) {
  return (
    <SaveButton
      testId="export-unused"
      save={(platform) => platform.listExportUnused()}
      onProblem={onProblem}
    >
      <Trans>Export the rows not used…</Trans>
    </SaveButton>
  );
}

export function EmptyList({ onProblem }: { onProblem: OnProblem }) {
  return (
    <SaveButton
      testId="list-template"
      save={(platform) => platform.listTemplate()}
      onProblem={onProblem}
    >
      <Trans>Get an empty list to fill in…</Trans>
    </SaveButton>
  );
}

function SaveButton(props: {
  testId: string;
  save: (platform: Platform) => Promise<Saved | null>;
  onProblem: OnProblem;
  children: ReactNode;
}) {
  const { t } = useLingui();
  const platform = usePlatform();
  const announce = useAnnounce();
  const saving = useMutation({
    mutationFn: () => props.save(platform),
    onSuccess: (saved) => {
      props.onProblem(null);
      if (saved) announce(t`Saved as ${saved.path}`);
    },
    onError: (thrown) => props.onProblem(asProblem(thrown)),
  });
  return (
    <span className={styles.saving}>
      <Button
        kind="quiet"
        testId={props.testId}
        isPending={saving.isPending}
        onPress={() => saving.mutate()}
      >
        {props.children}
      </Button>
      {saving.data ? (
        <span className={styles.saved} data-testid={`${props.testId}-saved`}>
          <Trans>Saved as {saving.data.path}</Trans>
        </span>
      ) : null}
    </span>
  );
}
