/** On practice there is no dashboard to take ids from: one press gives the id of something to ask. */
import { Trans } from "@lingui/react/macro";
import { useCurrentConnection } from "../../api/queries";
import type { Draft } from "../../api/types";
import { Button } from "../../components";
import { useFormStore } from "./FormProvider";

/** What the practice server calls "Client onboarding terms". */
const TERMS = "507f1f77bcf86cd799439012";

export function PracticeTerms({ draft }: { draft: Draft }) {
  const store = useFormStore();
  const connection = useCurrentConnection();
  if (!connection?.practice || draft.resourcesIds.includes(TERMS)) return null;
  return (
    <div>
      <Button
        testId="use-practice-terms"
        onPress={() =>
          store.change("resourcesIds", (now) => ({
            ...now,
            resourcesIds: [...now.resourcesIds.filter((id) => id.trim() !== ""), TERMS],
          }))
        }
      >
        <Trans>Use the practice resource “Client onboarding terms”</Trans>
      </Button>
    </div>
  );
}
