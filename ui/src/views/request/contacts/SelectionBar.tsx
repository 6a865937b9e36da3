/** What is ticked, and what can be done with it. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "../../../components";
import styles from "./ContactTable.module.css";
import type { Selection } from "./selection";
import { useHandover } from "./use-handover";
import type { Removal } from "./use-removal";

export function SelectionBar(props: { selection: Selection; removal: Removal }) {
  const { selection, removal } = props;
  const { t } = useLingui();
  const box = useHandover<HTMLDivElement>();
  return (
    <div ref={box} className={styles.selection} role="group" aria-label={t`Selected rows`}>
      <strong role="status" data-testid="selected-count">
        <Plural value={selection.count} one="# selected" other="# selected" />
      </strong>
      <Button
        kind="danger"
        testId="remove-selected"
        onPress={removal.now}
        isPending={removal.waits}
      >
        <Trans>Remove</Trans>
      </Button>
      <Button kind="quiet" testId="select-none" onPress={selection.clear}>
        <Trans>Clear selection</Trans>
      </Button>
    </div>
  );
}
