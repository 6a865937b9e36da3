/** How strictly each person must prove who they are. */
import { useLingui } from "@lingui/react/macro";
import type { Draft } from "../../api/types";
import { RadioCards, Section } from "../../components";
import { useFormStore } from "./FormProvider";
import { useIssue } from "./visible-issues";
import { useLevelWords } from "./words";

export function HowStrictly({ draft }: { draft: Draft }) {
  const { t } = useLingui();
  const store = useFormStore();
  const levels = useLevelWords();
  return (
    <Section title={t`How strictly`}>
      <RadioCards
        path="securityLevel"
        label={t`How strictly each person proves who they are`}
        value={draft.securityLevel}
        error={useIssue("securityLevel")}
        cards={levels.map((level) => ({ ...level, wire: level.value }))}
        onChange={(securityLevel) =>
          store.change("securityLevel", (now) => ({ ...now, securityLevel }))
        }
      />
    </Section>
  );
}
