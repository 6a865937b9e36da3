/** The limit of a connection: requests a minute, and at once. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { Pace } from "../../api/types";
import { Button, goToControl, ProblemCallout, TextField, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./Sending.module.css";

type PaceField = keyof Pace;
const FIELDS: readonly PaceField[] = ["perMinute", "inFlight"];

export function PaceForm(props: { connection: string; pace: Pace; onDone: () => void }) {
  const { connection, pace, onDone } = props;
  const { t } = useLingui();
  const platform = usePlatform();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [typed, setTyped] = useState({
    perMinute: String(pace.perMinute),
    inFlight: String(pace.inFlight),
  });
  const [wrong, setWrong] = useState<Partial<Record<PaceField, string>>>({});
  const save = useMutation({
    mutationFn: (wanted: Pace) => platform.savePace(connection, wanted),
    onSuccess: async () => {
      announce(t`The limit is saved.`);
      await client.invalidateQueries({ queryKey: KEYS.connections });
      await client.invalidateQueries({ queryKey: KEYS.batches });
      onDone();
    },
    onError: (thrown) => {
      const { field, message } = asProblem(thrown);
      const name = FIELDS.find((one) => field === one || field?.endsWith(`.${one}`));
      if (name) refuse({ [name]: message });
    },
  });
  const refuse = (found: Partial<Record<PaceField, string>>) => {
    setWrong(found);
    const first = FIELDS.find((field) => found[field]);
    if (first) goToControl(first);
  };
  const problem = save.error && asProblem(save.error);
  const atField = Object.values(wrong).some(Boolean);

  useEffect(() => goToControl("perMinute"), []);

  const bound = (field: PaceField) => ({
    path: field,
    type: "number",
    min: 1,
    step: 1,
    size: 6,
    value: typed[field],
    error: wrong[field],
    onChange: (to: string) => {
      setTyped({ ...typed, [field]: to });
      setWrong({ ...wrong, [field]: undefined });
    },
  });
  return (
    <form
      className={styles.paceForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const number = (field: PaceField) => Number(typed[field]);
        const bad = FIELDS.filter((field) => !/^\d+$/.test(typed[field].trim()) || !number(field));
        if (bad.length > 0) {
          return refuse(
            Object.fromEntries(bad.map((field) => [field, t`Give a whole number from 1 up`])),
          );
        }
        setWrong({});
        save.mutate({ perMinute: number("perMinute"), inFlight: number("inFlight") });
      }}
    >
      <TextField {...bound("perMinute")} label={t`Requests a minute`} />
      <TextField {...bound("inFlight")} label={t`At once`} />
      {problem && !atField ? <ProblemCallout problem={problem} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" testId="pace-save" isPending={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        <Button testId="pace-cancel" onPress={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
