/** Sends what was reviewed. Once accepted, or written down as a batch, the form is done with; refused, it stays. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { PlanProgress, Problem, Review, Sent } from "../../api/types";
import { focusSoon } from "../../components";
import { usePlatform } from "../../platform";
import { useRouter } from "../../router";
import { useFormStore } from "../request/FormProvider";

export function useSend(review: Review) {
  const platform = usePlatform();
  const store = useFormStore();
  const client = useQueryClient();
  const { navigate } = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [progress, setProgress] = useState<PlanProgress | null>(null);

  useEffect(() => platform.onPlanProgress(setProgress), [platform]);

  const arrive = async ({ request, batch }: Sent) => {
    void client.invalidateQueries({ queryKey: KEYS.requests });
    void client.invalidateQueries({ queryKey: KEYS.batches });
    // First away from the review, so that its end does not lead back to the form.
    if (request) {
      client.setQueryData([...KEYS.request, request.id], request);
      navigate("requests", { id: request.id });
    } else {
      navigate("sending", batch === null ? {} : { id: batch });
    }
    store.setReview(null);
    await store.sent(request === null || request.state === "accepted");
    void client.invalidateQueries({ queryKey: KEYS.list });
  };

  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await arrive(await platform.send(review.id));
    } catch (thrown) {
      const refused = asProblem(thrown);
      setProblem(refused);
      if (refused.field) store.addRefusal(refused.field, refused.message);
      setBusy(false);
      setProgress(null);
      // What had the focus meanwhile is gone.
      focusSoon("[data-testid=send-button]");
    }
  };

  return { send, busy, problem, progress };
}
