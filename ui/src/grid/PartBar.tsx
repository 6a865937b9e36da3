/** From one part of a very long list to another. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "../components";
import styles from "./Grid.module.css";
import type { Part } from "./use-part";

export function PartBar(props: { part: Part; total: number; onGo: (part: number) => void }) {
  const { at, of, base, count } = props.part;
  const { t, i18n } = useLingui();
  const first = i18n.number(base + 1);
  const last = i18n.number(base + count);
  const total = i18n.number(props.total);
  const ways: [string, string, number, boolean][] = [
    ["first", t`First`, 0, at > 0],
    ["previous", t`Previous`, at - 1, at > 0],
    ["next", t`Next`, at + 1, at < of - 1],
    ["last", t`Last`, of - 1, at < of - 1],
  ];
  return (
    <div className={styles.parts} role="group" aria-label={t`Parts of the list`}>
      <p role="status" data-testid="rows-part">
        <Trans>
          Rows {first} to {last} of {total}
        </Trans>
      </p>
      {ways.map(([id, label, to, open]) => (
        // Kept in place and focusable at the ends, so that the focus is not lost there.
        <Button key={id} testId={`rows-${id}`} isPending={!open} onPress={() => props.onGo(to)}>
          {label}
        </Button>
      ))}
    </div>
  );
}
