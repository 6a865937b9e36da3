/** The request in words at all times, what it still lacks, and the one primary button. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCurrentConnection } from "../../api/queries";
import type { Form } from "../../api/types";
import { Badge, Button, Callout, goToControl } from "../../components";
import styles from "./Rail.module.css";
import type { FormState } from "./form-store";
import { useSummary } from "./list";
import { useVisibleIssues } from "./visible-issues";
import { useWords, type Line } from "./words";

const SHOWN = 4;

export function Rail(props: {
  form: Form;
  /** What it makes of the list, once it was checked. */
  outlook: FormState["outlook"];
  /** Review was pressed and issues remain. */
  pressed: boolean;
  busy: boolean;
  onReview: () => void;
}) {
  const { t } = useLingui();
  const summary = useSummary().data;
  const connection = useCurrentConnection();
  const { missing } = useVisibleIssues();
  const more = missing.length - SHOWN;
  const { form, outlook } = props;
  const sentAs = outlook && { ...outlook, plan: form.plan };
  return (
    <>
      <h2>
        <Trans>This request</Trans>
      </h2>
      <Words lines={useWords(form, summary, connection, sentAs)} />
      <div className={styles.foot}>
        {missing.length > 0 ? (
          <Callout
            tone={props.pressed ? "error" : "neutral"}
            title={props.pressed ? t`There is a problem` : t`Before you can review`}
          >
            <ul className={styles.missing}>
              {missing.slice(0, SHOWN).map(({ control, message }) => (
                <li key={`${control} ${message}`}>
                  {control ? (
                    <button
                      type="button"
                      className={styles.jump}
                      onClick={() => goToControl(control)}
                    >
                      {message}
                    </button>
                  ) : (
                    message
                  )}
                </li>
              ))}
              {more > 0 ? (
                <li>
                  <Trans>and {more} more</Trans>
                </li>
              ) : null}
            </ul>
          </Callout>
        ) : null}
        <Button
          kind="primary"
          wide
          testId="review-button"
          onPress={props.onReview}
          isDisabled={props.busy}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          <Trans>Review…</Trans>
        </Button>
        <p className={styles.keys}>{isMac() ? "⌘ Enter" : "Ctrl+Enter"}</p>
      </div>
    </>
  );
}

export function Words({ lines }: { lines: Line[] }) {
  return (
    <dl className={styles.words}>
      {lines.map((line) => (
        <div key={line.label} className={styles.line}>
          <dt>{line.label}</dt>
          <dd>{line.text ?? <Badge tone="error">{line.missing}</Badge>}</dd>
        </div>
      ))}
    </dl>
  );
}

function isMac(): boolean {
  return navigator.userAgent.includes("Mac OS");
}
