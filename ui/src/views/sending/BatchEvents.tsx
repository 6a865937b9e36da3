/** Hears how batches stand, wherever the officer is, and says when one pauses or ends. */
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { KEYS } from "../../api/queries";
import type { BatchView } from "../../api/types";
import { useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { leading } from "./leading";
import { withBatch } from "./batches";
import { changeWords } from "./words";

/** What is asked again because of a change is asked at most so often. */
const ASK_AGAIN_MS = 1_000;

export function BatchEvents() {
  const platform = usePlatform();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { i18n } = useLingui();

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
      const known = client.getQueryData<BatchView[]>(KEYS.batches);
      const before = known?.find(({ id }) => id === batch.id);
      if (known) client.setQueryData(KEYS.batches, withBatch(known, batch));
      else void client.invalidateQueries({ queryKey: KEYS.batches });
      const words = before && changeWords(before, batch);
      if (words) announce(i18n._(words));
      if (!before || JSON.stringify(before.counts) !== JSON.stringify(batch.counts)) askAgain.ask();
    });
    return () => {
      stop();
      askAgain.end();
    };
  }, [platform, client, announce, i18n]);

  return null;
}
