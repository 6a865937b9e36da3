/** One row of the list: corrected in place (Enter saves, Escape gives back what was there), or removed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type KeyboardEvent } from "react";
import { asProblem } from "../../api/problems";
import type { Row } from "../../api/types";
import { Badge, useAnnounce, type Tone } from "../../components";
import styles from "./ContactTable.module.css";
import { useListCommand } from "./list";

const TONES: Record<Row["state"], Tone> = { ready: "good", warning: "warning", error: "error" };

interface ContactRowProps {
  /** Undefined while its page is on its way. */
  row: Row | undefined;
  index: number;
  /** The one row of the grid that Tab reaches. */
  tabbable: boolean;
  onGone: () => void;
}

export function ContactRow({ row, index, tabbable, onGone }: ContactRowProps) {
  if (!row) {
    return (
      <div role="row" aria-rowindex={index + 2} className={styles.row}>
        <span role="gridcell" aria-colindex={2}>
          …
        </span>
      </div>
    );
  }
  return <LoadedRow key={row.id} row={row} index={index} tabbable={tabbable} onGone={onGone} />;
}

function LoadedRow({ row, index, tabbable, onGone }: ContactRowProps & { row: Row }) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const [typed, setTyped] = useState<string | null>(null);
  const edit = useListCommand((platform, text: string) => platform.listEdit(row.id, text));
  const remove = useListCommand((platform, id: number) => platform.listRemove([id]));
  const failed = edit.error ?? remove.error;
  const tabIndex = tabbable ? 0 : -1;
  const words = row.reasons.map((reason) => reason.message).join("; ");
  const suggestion = row.reasons.find((reason) => reason.suggestion)?.suggestion;

  const save = (text: string) => {
    if (text === row.text) return setTyped(null);
    edit.mutate(text, {
      onSuccess: () => {
        setTyped(null);
        announce(t`Row ${row.line} saved.`);
      },
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      save(typed ?? row.text);
    } else if (event.key === "Escape") {
      setTyped(null);
    }
  };

  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles.row}
      data-testid={`row-${row.id}`}
      data-state={row.state}
    >
      <span role="gridcell" aria-colindex={1} className={styles.line}>
        {row.line}
      </span>
      <span role="gridcell" aria-colindex={2}>
        <input
          className={styles.edit}
          data-testid={`row-${row.id}-edit`}
          data-column="edit"
          tabIndex={tabIndex}
          aria-label={t`Contact in row ${row.line}`}
          aria-invalid={row.state === "error" || undefined}
          value={typed ?? row.text}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => typed !== null && save(typed)}
          spellCheck={false}
          autoComplete="off"
        />
      </span>
      <span role="gridcell" aria-colindex={3} className={styles.state}>
        {failed ? (
          <Badge tone="error">{asProblem(failed).message}</Badge>
        ) : (
          <Badge tone={TONES[row.state]}>{words || t`Ready`}</Badge>
        )}
        {row.state !== "error" && row.contact !== null && row.contact !== row.text ? (
          <span className={styles.sentAs}>
            <Trans>sent as {row.contact}</Trans>
          </span>
        ) : null}
        {suggestion ? (
          <button
            type="button"
            className={styles.link}
            data-column="accept"
            data-testid={`row-${row.id}-accept`}
            tabIndex={tabIndex}
            aria-label={t`Accept ${suggestion} in row ${row.line}`}
            onClick={() => save(suggestion)}
          >
            <Trans>Accept</Trans>
          </button>
        ) : null}
      </span>
      <span role="gridcell" aria-colindex={4}>
        <button
          type="button"
          className={styles.remove}
          data-column="remove"
          data-testid={`row-${row.id}-remove`}
          tabIndex={tabIndex}
          aria-label={t`Remove row ${row.line}, ${row.text}`}
          onClick={() =>
            remove.mutate(row.id, {
              onSuccess: () => {
                announce(t`Row ${row.line} removed.`);
                onGone();
              },
            })
          }
        >
          ✕
        </button>
      </span>
    </div>
  );
}
