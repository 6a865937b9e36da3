/** What came of opening a payload, and what can be done next. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { OpenResult } from "../api/types";
import { Button, Callout, type Tone } from "../components";
import { useRouter } from "../router";
import styles from "./Answers.module.css";
import { Traces } from "./Traces";
import { outcomeWords } from "./words";

export interface OutcomeWordsProps {
  result: OpenResult;
  /** It was kept before and was only tried again. */
  again?: boolean;
  /** Opens it in spite of its age. */
  onAnyway?: (() => void) | undefined;
  busy?: boolean;
}

export function OutcomeWords(props: OutcomeWordsProps) {
  const { result, again = false } = props;
  const { outcome, traces } = result;
  const { i18n } = useLingui();
  return (
    <div className={styles.outcome} data-testid="open-outcome" data-outcome={outcome} tabIndex={-1}>
      <Callout tone={TONES[outcome]} title={outcomeWords(result, again, i18n)}>
        <NextStep {...props} />
      </Callout>
      {traces.length > 0 && outcome !== "opened" ? (
        <details className={styles.more}>
          <summary>
            <Trans>How far each profile came</Trans>
          </summary>
          <Traces traces={traces} />
        </details>
      ) : null}
    </div>
  );
}

const TONES: Record<OpenResult["outcome"], Tone> = {
  opened: "good",
  known: "neutral",
  kept: "warning",
  "too-old": "warning",
  "bad-signature": "error",
  "no-secrets": "warning",
  "not-a-payload": "error",
};

function NextStep({ result, onAnyway, busy }: OutcomeWordsProps) {
  const { navigate } = useRouter();
  switch (result.outcome) {
    case "opened":
    case "known":
      return null;
    case "kept":
      return (
        <p>
          <Trans>
            No key and profile here fit. A profile that fits can be added under Settings, Encrypted
            answers; then try again.
          </Trans>
        </p>
      );
    case "too-old":
      return (
        <>
          <p>
            {result.freshness?.kind === "ahead" ? (
              <Trans>The clock of this computer or that of Humanos is wrong.</Trans>
            ) : (
              <Trans>
                Humanos sends webhooks at once. Somebody who caught this one may have sent it again.
                If you know where it was kept meanwhile, open it.
              </Trans>
            )}
          </p>
          {onAnyway ? (
            <div>
              <Button testId="open-anyway" isPending={busy} onPress={onAnyway}>
                <Trans>Open it anyway</Trans>
              </Button>
            </div>
          ) : null}
        </>
      );
    case "bad-signature":
      return (
        <p>
          <Trans>
            The text was changed, the two lines belong to another webhook, or the signature secret
            under Settings is not the one Humanos uses.
          </Trans>
        </p>
      );
    case "no-secrets":
      return (
        <>
          <p>
            <Trans>Enter them at the connection. What is typed here stays.</Trans>
          </p>
          <div>
            <Button testId="open-settings" onPress={() => navigate("settings")}>
              <Trans>Open Settings, Connections</Trans>
            </Button>
          </div>
        </>
      );
    case "not-a-payload":
      return (
        <p>
          <Trans>
            It must be the whole text as it came: a JSON object, from its first brace to its last.
          </Trans>
        </p>
      );
  }
}
