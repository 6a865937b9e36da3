/** The key in groups of four, selected whole when it takes focus. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "../../components";
import styles from "./RecoveryKey.module.css";

export function RecoveryKey({ text }: { text: string }) {
  const { t } = useLingui();
  const groups = text.split("-");
  return (
    <div className={styles.box}>
      <div
        className={styles.key}
        data-testid="recovery-key"
        role="textbox"
        aria-readonly="true"
        aria-label={t`Recovery key`}
        // It is read, selected and copied by keyboard too.
        tabIndex={0}
        onFocus={(event) => getSelection()?.selectAllChildren(event.currentTarget)}
      >
        {groups.map((group, at) => (
          // The same group may come twice; its place names it.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={at} className={styles.group}>
            {at < groups.length - 1 ? `${group}-` : group}
          </span>
        ))}
      </div>
      <Button onPress={() => print()}>
        <Trans>Print…</Trans>
      </Button>
    </div>
  );
}
