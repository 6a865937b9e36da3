/** One labelled field of JSON: what it is called, its kind, its value, and whether people see it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Check, Select, TextField } from "../../../components";
import styles from "../RequestView.module.css";
import { isNumber, retyped, type Labelled, type LabelledType } from "./labelled";

export interface LabelledFieldProps {
  path: string;
  /** From 1. */
  number: number;
  row: Labelled;
  onChange: (row: Labelled) => void;
  onRemove: () => void;
}

export function LabelledField({ path, number, row, onChange, onRemove }: LabelledFieldProps) {
  const { t } = useLingui();
  return (
    <fieldset className={styles.item}>
      <legend className={styles.legend}>
        <Trans>Labelled field {number}</Trans>
      </legend>
      <div className={styles.two}>
        <TextField
          path={`${path}.label`}
          label={t`Label`}
          value={row.label}
          onChange={(label) => onChange({ ...row, label })}
        />
        <Select
          path={`${path}.type`}
          label={t`Kind of value`}
          value={row.type}
          onChange={(type) => onChange(retyped(row, type as LabelledType))}
          choices={[
            { value: "string", label: t`Text (string)` },
            { value: "number", label: t`Number (number)` },
            { value: "boolean", label: t`Yes or no (boolean)` },
            { value: "date", label: t`Date (date)` },
            { value: "url", label: t`Web address (url)` },
          ]}
        />
        {row.type === "boolean" ? (
          <Select
            path={`${path}.value`}
            label={t`Value`}
            value={row.value}
            onChange={(value) => onChange({ ...row, value })}
            choices={[
              { value: "true", label: t`Yes (true)` },
              { value: "false", label: t`No (false)` },
            ]}
          />
        ) : row.type === "number" ? (
          <NumberValue path={`${path}.value`} row={row} onChange={onChange} />
        ) : (
          <TextField
            path={`${path}.value`}
            label={t`Value`}
            value={row.value}
            onChange={(value) => onChange({ ...row, value })}
          />
        )}
        <Check
          path={`${path}.hidden`}
          label={t`Not shown, not signed (hidden)`}
          value={row.hidden ?? false}
          // Unsaid and no are the same; what is taken back is said no more.
          onChange={(hidden) => onChange({ ...row, hidden: hidden || null })}
        />
      </div>
      <div>
        <Button kind="quiet" testId={`${path}.remove`} onPress={onRemove}>
          <Trans>Remove labelled field {number}</Trans>
        </Button>
      </div>
    </fieldset>
  );
}

/** Half a number ("1.") stays in sight while it is typed; only a whole one becomes the value. */
function NumberValue(props: { path: string; row: Labelled; onChange: (row: Labelled) => void }) {
  const { path, row, onChange } = props;
  const { t } = useLingui();
  const [typed, setTyped] = useState(row.value);
  const half = !isNumber(typed);
  return (
    <TextField
      path={path}
      label={t`Value`}
      value={half || typed === row.value ? typed : row.value}
      error={half ? t`Not a number yet. It is ${row.value} until it is one.` : undefined}
      onChange={(text) => {
        setTyped(text);
        if (isNumber(text)) onChange({ ...row, value: text });
      }}
      onBlur={() => setTyped(row.value)}
    />
  );
}
