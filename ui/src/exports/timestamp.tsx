/** Whether an export is time stamped: asked only where time stamps are on. */
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "../api/problems";
import { KEYS } from "../api/queries";
import { Check, ProblemCallout } from "../components";
import { usePlatform } from "../platform";
import { useExportChoices } from "./choices";

export function useTimestampSettings() {
  const platform = usePlatform();
  return useQuery({
    queryKey: KEYS.timestampSettings,
    queryFn: () => platform.timestampSettings(),
  });
}

/** What an export asks for. */
export function useTimestampWanted(): boolean {
  const [{ timestamp }] = useExportChoices();
  return (useTimestampSettings().data?.on ?? false) && timestamp;
}

export function TimestampCheck() {
  const { t } = useLingui();
  const settings = useTimestampSettings();
  const [{ timestamp }, change] = useExportChoices();
  if (settings.isError) return <ProblemCallout problem={asProblem(settings.error)} />;
  if (!settings.data?.on) return null;
  const { url } = settings.data;
  return (
    <Check
      path="timestamp"
      label={t`Time stamp`}
      hint={t`From ${url}. Only a hash leaves this computer.`}
      value={timestamp}
      onChange={(on) => change({ timestamp: on })}
    />
  );
}
