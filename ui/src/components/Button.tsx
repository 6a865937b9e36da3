import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import type { ReactNode, Ref } from "react";
import styles from "./Button.module.css";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  /** live: the primary button of something that reaches real people. */
  kind?: "primary" | "live" | "plain" | "quiet" | "danger";
  testId?: string;
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/**
 * A pending button keeps the focus and ignores presses. React Aria's own `isPending` also announces itself by an element
 * that outlives what it names, so it is not used: callers announce what came of a press.
 */
export function Button({
  kind = "plain",
  testId,
  wide,
  children,
  isPending = false,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(isPending ? { type: "button", onPress: () => {} } : {})}
      data-pending={isPending || undefined}
      aria-disabled={isPending || undefined}
      className={styles.button ?? ""}
      data-kind={kind}
      data-wide={wide || undefined}
      data-testid={testId}
    >
      {children}
    </AriaButton>
  );
}
