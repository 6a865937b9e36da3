/** Call when a payload was opened or kept: requests and the loose answers are asked again. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { KEYS } from "../api/queries";

export function useAnswersChanged(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: KEYS.looseAnswers });
    void client.invalidateQueries({ queryKey: KEYS.request });
  }, [client]);
}
