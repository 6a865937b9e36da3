/** Under the table: whose phones are meant, and emptying the list. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem } from "../../../api/problems";
import type { Problem, Summary } from "../../../api/types";
import { Button, ConfirmDialog, Select, useAnnounce } from "../../../components";
import { useListCommand } from "../list";
import styles from "../Whom.module.css";
import { useListAtWork } from "./progress";
import { useRegionChoices } from "./region-choices";
import { refocusList, useHandover } from "./use-handover";

export function ListFoot(props: {
  summary: Summary;
  onProblem: (problem: Problem | null) => void;
}) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const { busy } = useListAtWork();
  const box = useHandover<HTMLDivElement>();
  const [asking, setAsking] = useState(false);
  const setRegion = useListCommand(
    (platform, region: string) => platform.listRegion(region),
    () => {
      props.onProblem(null);
      announce(t`The phones are checked anew.`);
    },
  );
  const clear = useListCommand(
    (platform) => platform.listClear(),
    () => {
      props.onProblem(null);
      announce(t`The list is empty.`);
      refocusList();
    },
  );
  const { region, all } = props.summary;
  const choices = useRegionChoices(region);
  const onError = (thrown: unknown) => props.onProblem(asProblem(thrown));

  const empty = () => {
    setAsking(false);
    clear.mutate(undefined, { onError });
  };

  return (
    <div className={styles.foot} ref={box}>
      <Select
        path="defaultRegion"
        label={t`Phones without + are from`}
        value={region}
        choices={choices}
        disabled={busy}
        onChange={(to) => setRegion.mutate(to, { onError })}
      />
      <Button testId="clear-list" isPending={busy} onPress={() => setAsking(true)}>
        <Trans>Empty the list…</Trans>
      </Button>
      <ConfirmDialog
        open={asking}
        title={t`Empty the list?`}
        confirmLabel={t`Empty the list`}
        confirmTestId="confirm-clear"
        cancelLabel={t`Keep it`}
        kind="danger"
        onClose={() => setAsking(false)}
        onConfirm={empty}
      >
        <p>
          <Plural
            value={all}
            one="# row goes from the list. Your file stays as it is."
            other="# rows go from the list. Your files stay as they are."
          />
        </p>
      </ConfirmDialog>
    </div>
  );
}
