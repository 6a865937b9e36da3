/** The list at work: which file, what is done, how far, and a way to end it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button, Meter, useAnnounce } from "../../../components";
import { usePlatform } from "../../../platform";
import styles from "./ListProgress.module.css";
import { useListAtWork } from "./progress";
import { useHandover } from "./use-handover";

export function ListProgress() {
  const { busy } = useListAtWork();
  return busy ? <Bar /> : null;
}

function Bar() {
  const { t } = useLingui();
  const platform = usePlatform();
  const { progress } = useListAtWork();
  const box = useHandover<HTMLDivElement>();
  const [ending, setEnding] = useState(false);
  const percent =
    progress && progress.all > 0
      ? Math.min(100, Math.floor((progress.done * 100) / progress.all))
      : null;
  const step = progress?.step === "judging" ? t`checking each row` : t`reading`;
  const words = progress?.name ? `${progress.name}: ${step}` : t`Working on the list`;
  useProgressSaid(words, percent);

  return (
    <div ref={box} className={styles.progress} data-testid="list-progress">
      <p className={styles.words} aria-hidden="true">
        <span>{words}</span>
        <span>{percent === null ? "" : `${percent} %`}</span>
      </p>
      <div className={styles.track}>
        <Meter label={words} all={100} parts={percent === null ? null : [{ value: percent }]} />
      </div>
      <Button
        testId="list-cancel"
        isPending={ending}
        onPress={() => {
          setEnding(true);
          platform.listCancel().catch(() => setEnding(false));
        }}
      >
        {ending ? <Trans>Ending…</Trans> : <Trans>Cancel</Trans>}
      </Button>
    </div>
  );
}

/** Said at the start and at every quarter, not at every percent. The end is said by what came of it. */
function useProgressSaid(words: string, percent: number | null) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const quarter = percent === null ? 0 : Math.floor(percent / 25) * 25;

  useEffect(() => {
    announce(quarter > 0 ? t`${words}, ${quarter} percent` : words);
  }, [announce, t, words, quarter]);
}
