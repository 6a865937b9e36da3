/** How contact lists are read: whose phones are meant, and how large a text file may be. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { ListSettings } from "../../api/types";
import {
  Button,
  goToControl,
  Loading,
  ProblemCallout,
  Section,
  Select,
  TextField,
} from "../../components";
import { usePlatform } from "../../platform";
import { useRegionChoices } from "../request/contacts/region-choices";
import styles from "./Settings.module.css";

const MOST_MEBIBYTES = 2048;

export function ListsSection() {
  const platform = usePlatform();
  const settings = useQuery({
    queryKey: KEYS.listSettings,
    queryFn: () => platform.listSettings(),
  });
  return (
    <Section title={<Trans>Lists</Trans>} hint={<Trans>How contact lists are read.</Trans>}>
      {settings.isPending ? <Loading /> : null}
      {settings.isError ? <ProblemCallout problem={asProblem(settings.error)} /> : null}
      {settings.data ? <ListsForm settings={settings.data} /> : null}
    </Section>
  );
}

function ListsForm({ settings }: { settings: ListSettings }) {
  const platform = usePlatform();
  const client = useQueryClient();
  const { t } = useLingui();
  const [region, setRegion] = useState(settings.region);
  const [size, setSize] = useState(String(settings.textMebibytes));
  const [refused, setRefused] = useState(false);
  const choices = useRegionChoices(region);
  const save = useMutation({
    mutationFn: (wanted: ListSettings) => platform.saveListSettings(wanted),
    onSuccess: (saved) => {
      client.setQueryData(KEYS.listSettings, saved);
      setSize(String(saved.textMebibytes));
      // The rows may be judged anew.
      void client.invalidateQueries({ queryKey: KEYS.list });
    },
  });
  const number = Number(size);
  const fits = /^\d+$/.test(size.trim()) && number >= 1 && number <= MOST_MEBIBYTES;
  const tooMuch = t`Give a whole number from 1 to ${MOST_MEBIBYTES}`;

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setRefused(!fits);
        if (fits) save.mutate({ region, textMebibytes: number });
        else goToControl("textMebibytes");
      }}
    >
      <div className={styles.fields}>
        <Select
          path="defaultRegion"
          label={t`Phones without + are from`}
          hint={t`Each new list starts with this country; it can be changed at the list.`}
          value={region}
          choices={choices}
          onChange={(to) => {
            setRegion(to);
            save.reset();
          }}
        />
        <TextField
          path="textMebibytes"
          label={t`Largest text file, in MiB`}
          hint={t`For CSV, text, vCard and JSON. The whole list is held in memory while you work on it, so a file much larger than meant could slow this computer down.`}
          type="number"
          min={1}
          step={1}
          size={6}
          value={size}
          error={refused && !fits ? tooMuch : undefined}
          onChange={(to) => {
            setSize(to);
            save.reset();
          }}
        />
      </div>
      {save.isError ? <ProblemCallout problem={asProblem(save.error)} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" testId="lists-save" isPending={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        <span role="status" data-testid="lists-saved" className={styles.soft}>
          {save.isSuccess ? <Trans>✓ Saved</Trans> : null}
        </span>
      </div>
    </form>
  );
}
