/** What happens when Review is pressed: nothing typed is left behind, then issues or the review. */
import { useState } from "react";
import { asProblem } from "../../api/problems";
import type { Problem } from "../../api/types";
import { usePlatform } from "../../platform";
import { useRouter } from "../../router";
import { useFormStore } from "./FormProvider";
import { useListChanged } from "./list";

export function useReview() {
  const platform = usePlatform();
  const store = useFormStore();
  const changed = useListChanged();
  const { navigate } = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const review = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const pendingContacts = store.snapshot().form?.pendingContacts ?? "";
      if (pendingContacts.trim()) {
        // Typed but not added: surely meant to be asked.
        const report = await platform.listAdd(pendingContacts);
        store.typeContacts("");
        changed(report.summary, report);
      }
      // What the form holds must be saved, but an unsaved form can still be reviewed.
      await store.flush();
      const issues = await store.checkNow();
      const { form } = store.snapshot();
      if (issues.length > 0 || !form) {
        store.showAllIssues();
        return;
      }
      const prepared = await platform.prepareReview(form);
      if (!prepared.review) return store.takePlanIssues(prepared);
      store.setReview(prepared.review);
      navigate("review");
    } catch (thrown) {
      const refused = asProblem(thrown);
      setProblem(refused);
      if (refused.field) {
        store.addRefusal(refused.field, refused.message);
      }
    } finally {
      setBusy(false);
    }
  };

  return { review, busy, problem };
}
