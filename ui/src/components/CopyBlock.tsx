/** Exact text to read or copy: wraps anywhere, can be reached and scrolled by keyboard, never cut unsaid. */
import { Plural, Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "./Button";
import styles from "./CopyBlock.module.css";

const FIRST_PART = 20_000;

export function CopyBlock(props: { text: string; label: string; testId?: string }) {
  const [whole, setWhole] = useState(false);
  const cut = !whole && props.text.length > FIRST_PART;
  return (
    <div className={styles.copyBlock}>
      <pre
        className={styles.text}
        data-testid={props.testId}
        aria-label={props.label}
        role="region"
        // A scrolling region must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {cut ? props.text.slice(0, FIRST_PART) : props.text}
      </pre>
      {cut ? (
        <p>
          <Trans>
            First <Plural value={FIRST_PART} one="# character" other="# characters" /> of{" "}
            {props.text.length.toLocaleString()}.
          </Trans>{" "}
          <Button kind="quiet" onPress={() => setWhole(true)}>
            <Trans>Show all</Trans>
          </Button>
        </p>
      ) : null}
    </div>
  );
}
