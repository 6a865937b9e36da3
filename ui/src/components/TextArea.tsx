import type { ClipboardEvent, KeyboardEvent } from "react";
import { Field, type FieldProps } from "./Field";

export interface TextAreaProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  rows?: number;
  /** Code or ids: fixed-width type. */
  code?: boolean;
  placeholder?: string;
}

export function TextArea(props: TextAreaProps) {
  return (
    <Field {...props}>
      {(control) => (
        <textarea
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          onBlur={props.onBlur}
          onKeyDown={props.onKeyDown}
          onPaste={props.onPaste}
          rows={props.rows ?? 3}
          required={props.required}
          placeholder={props.placeholder}
          spellCheck={!props.code}
          autoComplete="off"
          data-code={props.code || undefined}
        />
      )}
    </Field>
  );
}
