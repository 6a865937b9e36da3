/** What can be put on the pages and for whom, and which page is seen how large. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PlacementType } from "../../../api/types";
import { Button, Select, TextField } from "../../../components";
import { useKinds } from "./kinds";
import styles from "./Pages.module.css";

export interface PagesBarProps {
  at: number;
  /** Whom the next field is for. */
  who: string;
  contacts: readonly string[];
  onWho: (contact: string) => void;
  /** Chosen by pointer, to be put where a page is pressed next. */
  armed: PlacementType | null;
  onArm: (type: PlacementType | null) => void;
  /** Chosen by key. */
  onAdd: (type: PlacementType) => void;
  shown: number;
  onPage: (page: number) => void;
  zoom: number;
  onZoom: (percent: number) => void;
  onUndo: (() => void) | null;
  hintId: string;
}

const ZOOMS = [50, 75, 100, 150, 200];

export function PagesBar(props: PagesBarProps) {
  const { at, armed, shown, zoom } = props;
  const { t } = useLingui();
  const kinds = useKinds();
  const [page, setPage] = useState("1");
  const chosen = kinds.find(({ value }) => value === armed)?.label;

  const goTo = (typed: string) => {
    setPage(typed);
    const number = Number(typed);
    if (Number.isInteger(number) && number >= 1 && number <= shown) props.onPage(number - 1);
  };

  return (
    <div className={styles.bar}>
      <div className={styles.choices}>
        <TextField
          path={`placement-who-${at}`}
          label={t`New fields are for`}
          choices={props.contacts}
          value={props.who}
          onChange={props.onWho}
        />
        {shown > 1 ? (
          <TextField
            path={`placement-go-${at}`}
            label={t`Show page`}
            type="number"
            min={1}
            step={1}
            value={page}
            onChange={goTo}
          />
        ) : null}
        <Select
          path={`placement-zoom-${at}`}
          label={t`Size`}
          value={String(zoom)}
          onChange={(percent) => props.onZoom(Number(percent))}
          choices={ZOOMS.map((percent) => ({ value: String(percent), label: t`${percent} %` }))}
        />
      </div>
      <div
        className={styles.kinds}
        role="group"
        aria-label={t`Put a field on the page`}
        aria-describedby={props.hintId}
      >
        {kinds.map(({ value, label }) => (
          <Button
            key={value}
            testId={`placement-add-${value}`}
            kind={armed === value ? "primary" : "plain"}
            aria-pressed={armed === value}
            onPress={({ pointerType }) => {
              if (pointerType === "keyboard" || pointerType === "virtual") props.onAdd(value);
              else props.onArm(armed === value ? null : value);
            }}
          >
            {label}
          </Button>
        ))}
        <Button
          kind="quiet"
          testId={`placement-undo-${at}`}
          isDisabled={!props.onUndo}
          onPress={() => props.onUndo?.()}
        >
          <Trans>Undo</Trans>
        </Button>
      </div>
      {/* Of one length, so that nothing moves under the pointer. */}
      <p className={styles.hint}>
        {chosen ? (
          <Trans>{chosen}: click on a page, or drag to draw it. Escape leaves it.</Trans>
        ) : (
          <Trans>Choose a field, then click on a page, or drag to draw it.</Trans>
        )}
      </p>
      <p id={props.hintId} className={styles.hint}>
        <Trans>
          By keys, a field goes to the middle of the page in view. Arrows move it, with Shift they
          resize it; Page Up and Page Down take it to another page, Delete removes it, Enter leads
          to its numbers.
        </Trans>
      </p>
    </div>
  );
}
