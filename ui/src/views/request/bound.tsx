/** Controls tied to a path of the form: they show its issue, change the draft, and mark it visited. */
import { useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import type { Draft } from "../../api/types";
import { Select, TextArea, TextField, type Choice } from "../../components";
import { useFormStore } from "./FormProvider";
import { toLocal, toRfc3339 } from "./moments";
import { useIssue } from "./visible-issues";

interface Bound<T> {
  path: string;
  label: ReactNode;
  hint?: ReactNode;
  wire?: string;
  value: T;
  set: (draft: Draft, value: T) => Draft;
}

function useBound<T>({ path, set }: Bound<T>) {
  const store = useFormStore();
  return {
    error: useIssue(path),
    onChange: (value: T) => store.change(path, (draft) => set(draft, value)),
    onBlur: () => store.touch(path),
  };
}

export function BoundText(
  props: Bound<string> & {
    choices?: readonly string[];
    type?: "text" | "url";
    size?: number;
    placeholder?: string;
  },
) {
  return <TextField {...props} {...useBound(props)} />;
}

export function BoundArea(props: Bound<string> & { rows?: number; code?: boolean }) {
  return <TextArea {...props} {...useBound(props)} />;
}

export function BoundSelect(props: Bound<string> & { choices: readonly Choice[] }) {
  return <Select {...props} {...useBound(props)} />;
}

/** One entry per line. Blank lines stay while typing and go when the field is left. */
export function BoundLines(props: Bound<string[]> & { rows?: number }) {
  const { onChange, onBlur, error } = useBound(props);
  const [text, setText] = useState(() => props.value.join("\n"));
  const same = linesOf(text).join("\n") === props.value.join("\n");
  return (
    <TextArea
      {...props}
      code
      error={error}
      value={same ? text : props.value.join("\n")}
      onChange={(typed) => {
        setText(typed);
        onChange(linesOf(typed));
      }}
      onBlur={() => {
        setText(props.value.join("\n"));
        onBlur();
      }}
    />
  );
}

/** A number typed as text, so that half a number ("1.") is not taken away. */
export function BoundNumber(props: Bound<number> & { step?: number | "any" }) {
  const { onChange, onBlur, error } = useBound(props);
  const [text, setText] = useState(() => String(props.value));
  const same = numberOf(text) === props.value || numberOf(text) === null;
  return (
    <TextField
      {...props}
      error={error}
      type="number"
      min={0}
      step={props.step ?? "any"}
      value={same ? text : String(props.value)}
      onChange={(typed) => {
        setText(typed);
        const number = numberOf(typed);
        if (number !== null) onChange(number);
      }}
      onBlur={() => {
        setText(String(props.value));
        onBlur();
      }}
    />
  );
}

/** Date and time of this computer; what is sent, with its offset, stands below it. */
export function BoundMoment(props: Bound<string>) {
  const { t } = useLingui();
  const { onChange, onBlur, error } = useBound(props);
  const [typed, setTyped] = useState(() => toLocal(props.value) || props.value);
  const same = toRfc3339(typed) === props.value;
  return (
    <TextField
      {...props}
      hint={props.value ? t`Sent as ${props.value}` : props.hint}
      error={error}
      type="datetime-local"
      value={same ? typed : toLocal(props.value) || props.value}
      onChange={(text) => {
        setTyped(text);
        onChange(toRfc3339(text));
      }}
      onBlur={onBlur}
    />
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function numberOf(text: string): number | null {
  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? null : number;
}
