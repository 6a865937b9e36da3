/** The batches as they are known, and commands that change one. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { KEYS } from "../../api/queries";
import type { BatchView } from "../../api/types";
import { usePlatform, type Platform } from "../../platform";

/** Of the known ones, the changed one in its place; a new one is the newest. */
export function withBatch(known: readonly BatchView[], batch: BatchView): BatchView[] {
  return known.some(({ id }) => id === batch.id)
    ? known.map((one) => (one.id === batch.id ? batch : one))
    : [batch, ...known];
}

/** Under way, or waiting to go on. */
export function isOpen({ state }: BatchView): boolean {
  return state === "running" || state === "paused";
}

/** Takes in how a batch stands, and asks anew for its requests. */
export function useBatchChanged(): (batch: BatchView) => void {
  const client = useQueryClient();
  return useCallback(
    (batch) => {
      client.setQueryData<BatchView[]>(KEYS.batches, (known) => known && withBatch(known, batch));
      for (const queryKey of [KEYS.batchFailures, KEYS.batchRequests, KEYS.requests]) {
        void client.invalidateQueries({ queryKey });
      }
    },
    [client],
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
