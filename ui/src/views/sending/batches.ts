/** The batches as they are known, and commands that change one. */
import { useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { KEYS, later } from "../../api/queries";
import type { BatchView } from "../../api/types";
import { useAnnounce } from "../../components";
import { usePlatform, type Platform } from "../../platform";
import { changeWords } from "./words";

/**
 * Of the known ones, the changed one in its place; a new one is the newest. An answer may come after an event that
 * was later: the older of two views changes nothing.
 */
export function withBatch(known: readonly BatchView[], batch: BatchView): BatchView[] {
  return known.some(({ id }) => id === batch.id)
    ? known.map((one) => (one.id === batch.id ? later(one, batch) : one))
    : [batch, ...known];
}

/** Under way, or waiting to go on. */
export function isOpen({ state }: BatchView): boolean {
  return state === "running" || state === "paused";
}

/**
 * Takes in how a batch stands, and says it when that is news: an event and the answer to a command may bring the same.
 * Answers how it stood before.
 */
export function useTakeIn(): (batch: BatchView) => BatchView | undefined {
  const client = useQueryClient();
  const announce = useAnnounce();
  const { i18n } = useLingui();
  return useCallback(
    (batch) => {
      const known = client.getQueryData<BatchView[]>(KEYS.batches);
      const before = known?.find(({ id }) => id === batch.id);
      if (known) client.setQueryData(KEYS.batches, withBatch(known, batch));
      else void client.invalidateQueries({ queryKey: KEYS.batches });
      const words = before && changeWords(before, later(before, batch));
      if (words) announce(i18n._(words));
      return before;
    },
    [client, announce, i18n],
  );
}

/** Takes in the answer to a command, and asks anew for the requests. */
export function useBatchChanged(): (batch: BatchView) => void {
  const client = useQueryClient();
  const takeIn = useTakeIn();
  return useCallback(
    (batch) => {
      takeIn(batch);
      for (const queryKey of [KEYS.batchFailures, KEYS.batchRequests, KEYS.requests]) {
        void client.invalidateQueries({ queryKey });
      }
    },
    [client, takeIn],
  );
}

/** A command on a batch, after which the batch is asked how it stands. */
export function useBatchCommand<Asked, Answer>(
  id: string,
  run: (platform: Platform, asked: Asked) => Promise<Answer>,
  done?: (answer: Answer, asked: Asked) => void,
) {
  const platform = usePlatform();
  const changed = useBatchChanged();
  return useMutation({
    mutationFn: async (asked: Asked) => {
      const answer = await run(platform, asked);
      changed(await platform.batch(id));
      return answer;
    },
    onSuccess: (answer, asked) => done?.(answer, asked),
  });
}

export function useFailures(id: string) {
  const platform = usePlatform();
  return useQuery({
    queryKey: [...KEYS.batchFailures, id],
    queryFn: () => platform.batchFailures(id),
  });
}
