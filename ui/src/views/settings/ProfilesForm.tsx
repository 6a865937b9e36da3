/** Profiles of one's own, as the text of their file. Blank removes them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import { Button, ConfirmDialog, goToControl, ProblemCallout, TextArea } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./Settings.module.css";

export function ProfilesForm({ saved }: { saved: string }) {
  const platform = usePlatform();
  const client = useQueryClient();
  const { t } = useLingui();
  const [text, setText] = useState(saved);
  /** What would take the place of what is typed. */
  const [instead, setInstead] = useState<string | null>(null);

  const save = useMutation({
    mutationFn: () => platform.saveProfiles(text),
    onSuccess: (view) => {
      client.setQueryData(KEYS.profiles, view);
      setText(view.text);
    },
    onError: (thrown) => {
      if (asProblem(thrown).field === "profiles") goToControl("profiles");
    },
  });
  const retype = (to: string) => {
    setText(to);
    save.reset();
  };
  /** What is typed is never taken away unasked. */
  const bring = (to: string) => {
    if (text.trim() === "" || text === to) retype(to);
    else setInstead(to);
  };
  const template = useMutation({
    mutationFn: () => platform.profilesTemplate(),
    onSuccess: bring,
  });
  const choose = useMutation({
    mutationFn: () => platform.chooseProfiles(),
    onSuccess: (file) => {
      if (file) bring(file.text);
    },
  });
  const refused = save.isError ? asProblem(save.error) : null;
  const atField = refused?.field === "profiles";
  const thrown = template.error ?? choose.error;

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextArea
        path="profiles"
        label={t`Your own profiles`}
        hint={t`JSON, for when Humanos tells you how its answers are encrypted. Empty: only the built-in ones are tried.`}
        code
        rows={6}
        value={text}
        error={atField ? refused.message : undefined}
        onChange={retype}
      />
      {refused && !atField ? <ProblemCallout problem={refused} /> : null}
      {thrown ? <ProblemCallout problem={asProblem(thrown)} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" testId="profiles-save" isPending={save.isPending}>
          <Trans>Save profiles</Trans>
        </Button>
        <Button
          testId="profiles-choose"
          isPending={choose.isPending}
          onPress={() => choose.mutate()}
        >
          <Trans>Choose a file…</Trans>
        </Button>
        <Button
          testId="profiles-template"
          isPending={template.isPending}
          onPress={() => template.mutate()}
        >
          <Trans>Start from the built-in ones</Trans>
        </Button>
        <span role="status" data-testid="profiles-saved" className={styles.soft}>
          {save.isSuccess ? <Trans>✓ Saved</Trans> : null}
        </span>
      </div>
      <ConfirmDialog
        open={instead !== null}
        title={t`Replace what is typed?`}
        confirmLabel={t`Replace`}
        confirmTestId="profiles-replace"
        cancelLabel={t`Keep it`}
        cancelTestId="profiles-keep"
        onConfirm={() => {
          if (instead !== null) retype(instead);
          setInstead(null);
        }}
        onClose={() => setInstead(null)}
      >
        <p>
          <Trans>The text in the field is replaced. Nothing is saved until you say so.</Trans>
        </p>
      </ConfirmDialog>
    </form>
  );
}
