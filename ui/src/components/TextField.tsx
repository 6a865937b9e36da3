import type { HTMLInputTypeAttribute, KeyboardEvent } from "react";
import { Field, type FieldProps } from "./Field";

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  type?: HTMLInputTypeAttribute;
  readOnly?: boolean;
  disabled?: boolean;
  autoComplete?: string;
  placeholder?: string;
  /** Values offered while typing; any other may be typed. */
  choices?: readonly string[];
  min?: number;
  step?: number | "any";
}

export function TextField(props: TextFieldProps) {
  const { value, onChange, onBlur, onKeyDown, type = "text", choices, size } = props;
  return (
    <Field {...props}>
      {(control) => (
        <>
          <input
            {...control}
            type={type}
            value={value}
            onChange={(event) => onChange?.(event.target.value)}
            onBlur={onBlur}
            onKeyDown={onKeyDown}
            readOnly={props.readOnly}
            disabled={props.disabled}
            required={props.required}
            placeholder={props.placeholder}
            autoComplete={props.autoComplete ?? "off"}
            spellCheck={false}
            min={props.min}
            step={props.step}
            size={size}
            data-size={size}
            list={choices ? `${control.id}-choices` : undefined}
          />
          {choices ? (
            <datalist id={`${control.id}-choices`}>
              {choices.map((choice) => (
                <option key={choice} value={choice} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}
