/** Hears of requests whose detail changed by itself, wherever the officer is. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { KEYS } from "../../api/queries";
import { usePlatform } from "../../platform";

export function RequestEvents() {
  const platform = usePlatform();
  const client = useQueryClient();

  useEffect(
    () =>
      platform.onRequestChanged((request) => {
        void client.invalidateQueries({ queryKey: [...KEYS.request, request] });
        void client.invalidateQueries({ queryKey: KEYS.requests });
        void client.invalidateQueries({ queryKey: KEYS.looseAnswers });
      }),
    [platform, client],
  );

  return null;
}
