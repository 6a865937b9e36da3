/** Hears how batches stand, wherever the officer is. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { KEYS } from "../../api/queries";
import { usePlatform } from "../../platform";
import { leading } from "./leading";
import { useTakeIn } from "./batches";

/** What is asked again because of a change is asked at most so often. */
const ASK_AGAIN_MS = 1_000;

export function BatchEvents() {
  const platform = usePlatform();
  const client = useQueryClient();
  const takeIn = useTakeIn();

  useEffect(() => {
    const askAgain = leading(ASK_AGAIN_MS, () => {
      for (const queryKey of [
        KEYS.batchFailures,
        KEYS.batchRequests,
        KEYS.requests,
        KEYS.request,
      ]) {
        void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
      }
    });
    const stop = platform.onBatchChanged((batch) => {
      const before = takeIn(batch);
      if (!before || JSON.stringify(before.counts) !== JSON.stringify(batch.counts)) askAgain.ask();
    });
    return () => {
      stop();
      askAgain.end();
    };
  }, [platform, client, takeIn]);

  return null;
}
