/** One field of a row, corrected in place: Enter saves, Escape gives back what was there. */
import { useLingui } from "@lingui/react/macro";
import { useState, type KeyboardEvent } from "react";
import { asProblem } from "../../../api/problems";
import type { Field, Row } from "../../../api/types";
import { useAnnounce } from "../../../components";
import { useListCommand } from "../list";
import styles from "./ContactTable.module.css";
import { useListAtWork } from "./progress";

export function Cell(props: {
  row: Row;
  field: Field;
  title: string;
  /** Of the row, for screen readers. */
  name: string;
  tabIndex: number;
  /** Says what is wrong with it. */
  describedBy: string;
}) {
  const { row, field, title, name } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const { busy } = useListAtWork();
  const [typed, setTyped] = useState<string | null>(null);
  const edit = useListCommand((platform, text: string) => platform.listEdit(row.id, field, text));
  const given = field === "contact" ? row.text : row[field];
  const value = given ?? "";
  const wrong = row.state !== "ready" && row.reasons.some((reason) => reason.field === field);
  const suffix = field === "contact" ? "edit" : `edit-${field}`;

  const save = (text: string) => {
    if (busy || edit.isPending) return;
    if (text === value) return setTyped(null);
    edit.mutate(text, {
      onSuccess: () => {
        // What was typed meanwhile stays.
        setTyped((now) => (now === text ? null : now));
        announce(t`${title} saved in ${name}.`);
      },
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      save(typed ?? value);
    } else if (event.key === "Escape") {
      setTyped(null);
      edit.reset();
    }
  };

  return (
    <>
      <input
        className={styles.edit}
        data-testid={`row-${row.id}-${suffix}`}
        data-column={suffix}
        tabIndex={props.tabIndex}
        aria-label={t`${title} in ${name}`}
        aria-invalid={(wrong && row.state === "error") || undefined}
        aria-describedby={wrong ? props.describedBy : undefined}
        title={value.length > 16 ? value : undefined}
        placeholder={given === null ? "–" : undefined}
        value={typed ?? value}
        readOnly={busy}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => typed !== null && save(typed)}
        spellCheck={false}
        autoComplete="off"
      />
      {edit.error ? (
        <span className={styles.refused} role="alert">
          {asProblem(edit.error).message || t`Not saved`}
        </span>
      ) : null}
    </>
  );
}
