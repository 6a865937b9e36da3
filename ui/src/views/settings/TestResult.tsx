/** What the server answered to a signed call that changes nothing, and how the two clocks compare. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ConnectionTest } from "../../api/types";
import { Callout } from "../../components";
import { clockWords } from "./words";

export function TestResult({ result }: { result: ConnectionTest }) {
  const { i18n } = useLingui();
  const works = result.status >= 200 && result.status < 300;
  const clock = result.clockSkewMs === null ? null : clockWords(result.clockSkewMs);
  const tone = !works ? "error" : clock && clock.tone !== "good" ? "warning" : "good";
  return (
    <Callout tone={tone} testId="connection-test-result" title={result.message}>
      <p>
        {clock ? i18n._(clock.text) : <Trans>The server did not tell its time.</Trans>}{" "}
        <Trans>Status {result.status}.</Trans>
      </p>
    </Callout>
  );
}
