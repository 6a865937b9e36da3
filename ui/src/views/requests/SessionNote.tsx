/** What must be so for answers to a link opened here to arrive, said before one is opened. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { KEYS } from "../../api/queries";
import { Callout } from "../../components";
import { usePlatform } from "../../platform";

export function SessionNote({ practice }: { practice: boolean }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const known = useQuery({
    queryKey: KEYS.sessionOrigin,
    queryFn: () => platform.sessionOrigin(),
    enabled: !practice,
  }).data;
  if (practice) {
    return (
      <Callout tone="neutral" testId="session-note">
        <p>
          <Trans>
            “Open here” opens the practice page in a window of its own, and its answers arrive here.
            Nothing needs to be set up.
          </Trans>
        </p>
      </Callout>
    );
  }
  if (!known) return null;
  return (
    <Callout
      tone={known.https ? "neutral" : "warning"}
      testId="session-note"
      title={t`Before you use “Open here”`}
    >
      <p>
        <Trans>
          Humanos sends answers only to origins that are registered with it. For this computer
          register <code>{known.origin}</code>.
        </Trans>
      </p>
      {known.https ? null : (
        <p>
          <Trans>
            Humanos lists HTTPS origins only, and this one is none: a real link may refuse to send
            its answer to this app.
          </Trans>
        </p>
      )}
      <p>
        <Trans>“Open in browser” always works.</Trans>
      </p>
    </Callout>
  );
}
