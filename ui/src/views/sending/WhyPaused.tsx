/** Why nothing is being sent, and the way out. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { BatchView } from "../../api/types";
import { Button, Callout } from "../../components";
import { useRouter } from "../../router";
import { Moment } from "../requests/Moment";
import { localText } from "../requests/times";
import { useFailures } from "./batches";

export function WhyPaused({ batch }: { batch: BatchView }) {
  const { t } = useLingui();
  const { navigate } = useRouter();
  const failures = useFailures(batch.id).data ?? [];
  if (batch.state !== "paused") return null;
  const keys = failures.some(({ kind }) => kind === "unauthorized");
  return (
    <Callout tone="warning" title={t`Paused: nothing is being sent.`} testId="why-paused">
      {batch.why ? <p>{batch.why}</p> : null}
      <p>
        {batch.resumesAtMs === null ? (
          <Trans>Press Resume to go on. What was sent is not sent again.</Trans>
        ) : (
          <Trans>
            It goes on by itself at{" "}
            <Moment atMs={batch.resumesAtMs} text={localText(batch.resumesAtMs)} />, or when you
            press Resume.
          </Trans>
        )}
      </p>
      {keys ? (
        <div>
          <Button testId="why-settings" onPress={() => navigate("settings")}>
            <Trans>Open Settings, Connections</Trans>
          </Button>
        </div>
      ) : null}
    </Callout>
  );
}
