/** One choice out of a few, each in plain words with its wire name beside them. */
import { useId } from "react";
import { controlId, FieldError } from "./Field";
import styles from "./RadioCards.module.css";

export interface Card<T extends string> {
  value: T;
  title: string;
  text: string;
  /** Wire name, where officers meet it elsewhere too. */
  wire?: string;
  testId?: string;
  disabled?: boolean;
}

export interface RadioCardsProps<T extends string> {
  path: string;
  /** Read out before the choices; the heading above them says the same to the eye. */
  label: string;
  value: T | null;
  cards: readonly Card<T>[];
  onChange: (value: T) => void;
  error?: string | undefined;
}

export function RadioCards<T extends string>(props: RadioCardsProps<T>) {
  const id = useId();
  return (
    <fieldset
      data-testid={props.path}
      id={controlId(props.path)}
      tabIndex={-1}
      aria-describedby={props.error ? `${id}-error` : undefined}
    >
      <legend className="visually-hidden">{props.label}</legend>
      <div className={styles.cards}>
        {props.cards.map((card) => (
          <label key={card.value} className={styles.card}>
            <input
              type="radio"
              name={id}
              value={card.value}
              checked={props.value === card.value}
              disabled={card.disabled}
              onChange={() => props.onChange(card.value)}
              data-testid={card.testId ?? `${props.path}.${card.value}`}
            />
            <span className={styles.words}>
              <span className={styles.title}>{card.title}</span>
              <span className={styles.text}>{card.text}</span>
              {card.wire ? <code className={styles.wire}>{card.wire}</code> : null}
            </span>
          </label>
        ))}
      </div>
      <FieldError path={props.path} id={`${id}-error`} error={props.error} />
    </fieldset>
  );
}
