/** Opens a payload and says what came of it. */
import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useAnswersChanged } from "../../answers/changed";
import { headline, outcomeWords } from "../../answers/words";
import { focusSoon, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import type { TypedPayload } from "./typed";

export type Opening = ReturnType<typeof useOpening>;

export function useOpening() {
  const platform = usePlatform();
  const announce = useAnnounce();
  const changed = useAnswersChanged();
  const { i18n } = useLingui();
  return useMutation({
    mutationFn: ({ text, headers, anyAge }: TypedPayload & { anyAge: boolean }) =>
      platform.openPayload(text, headers, anyAge),
    onSuccess: (result, { anyAge }) => {
      const answer = result.answer?.answer;
      const words = outcomeWords(result, false, i18n);
      announce(answer ? `${words} ${headline(answer, i18n)}` : words);
      changed();
      // The button that was pressed is gone.
      if (anyAge) focusSoon("[data-testid=open-outcome]");
    },
  });
}
