/** A short text with a button that copies it; where the clipboard refuses, it is selected instead. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { Button, useAnnounce } from "../../components";
import styles from "./Detail.module.css";

export function CopyText(props: { text: string; what: string; testId: string }) {
  const { text, what, testId } = props;
  const announce = useAnnounce();
  const { t } = useLingui();
  const shown = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(t`${what}: copied`);
    } catch {
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
      announce(t`${what}: selected. Press Ctrl+C to copy it`);
    }
  };
  return (
    <>
      <code ref={shown} data-testid={testId} className={styles.selectable}>
        {text}
      </code>{" "}
      <Button
        kind="quiet"
        testId={`${testId}-copy`}
        aria-label={copied ? t`Copied: ${what}` : t`Copy: ${what}`}
        onPress={() => void copy()}
      >
        {copied ? <Trans>✓ Copied</Trans> : <Trans>Copy</Trans>}
      </Button>
    </>
  );
}
