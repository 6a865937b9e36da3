/** What comes of files that were dropped to be checked, whichever view is open by then. */
import { useEffect, useEffectEvent } from "react";
import type { Problem, ReceiptCheck } from "../../api/types";
import { usePlatform } from "../../platform";

export interface Drops {
  onChecking: (file: string) => void;
  onCheck: (check: ReceiptCheck) => void;
  onProblem: (problem: Problem) => void;
}

export function useDrops(drops: Drops) {
  const platform = usePlatform();
  const checking = useEffectEvent(drops.onChecking);
  const checked = useEffectEvent(drops.onCheck);
  const refused = useEffectEvent(drops.onProblem);
  useEffect(() => {
    const stop = [
      platform.onReceiptChecking(({ file }) => checking(file)),
      platform.onReceiptDropped((check) => checked(check)),
      platform.onReceiptProblem((problem) => refused(problem)),
    ];
    return () => stop.forEach((end) => end());
  }, [platform]);
}
