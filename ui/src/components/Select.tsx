/** A native select: it opens what the platform's users and screen readers know. */
import { Field, type FieldProps } from "./Field";

export interface Choice {
  value: string;
  label: string;
}

export interface SelectProps extends FieldProps {
  value: string;
  choices: readonly Choice[];
  onChange?: (value: string) => void;
  onBlur?: () => void;
  disabled?: boolean;
}

export function Select(props: SelectProps) {
  return (
    <Field {...props}>
      {(control) => (
        <select
          {...control}
          value={props.value}
          onChange={(event) => props.onChange?.(event.target.value)}
          onBlur={props.onBlur}
          disabled={props.disabled}
        >
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
