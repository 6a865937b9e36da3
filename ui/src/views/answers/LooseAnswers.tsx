/** Payloads that could be joined to no request of this ledger, newest first. */
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AnswerCard } from "../../answers/AnswerCard";
import { OpenOutcome } from "../../answers/OpenOutcome";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { OpenResult } from "../../api/types";
import { Loading, ProblemCallout, Section } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./AnswersView.module.css";

/** `without`: the one that stands on the screen already. */
export function LooseAnswers({ without }: { without: string | undefined }) {
  const platform = usePlatform();
  const loose = useQuery({
    queryKey: KEYS.looseAnswers,
    queryFn: () => platform.looseAnswers(),
    // Something may have come since it was last seen.
    refetchOnMount: "always",
  });
  const [opened, setOpened] = useState<OpenResult | null>(null);
  // Opened, it may have found its request and be gone from the list.
  const elsewhere =
    opened && !loose.data?.some(({ id }) => id === opened.answer?.id) ? opened : null;
  const shown = loose.data?.filter(({ id }) => id !== without) ?? [];
  return (
    <Section title={<Trans>Answers that belong to no request here</Trans>} testId="loose-answers">
      {elsewhere ? <OpenOutcome result={elsewhere} /> : null}
      {loose.isPending ? <Loading /> : null}
      {loose.isError ? <ProblemCallout problem={asProblem(loose.error)} /> : null}
      {loose.isSuccess && shown.length === 0 ? (
        <p className={styles.soft}>
          <Trans>None.</Trans>
        </p>
      ) : null}
      {shown.length > 0 ? (
        <ul className={styles.cards}>
          {shown.map((view) => (
            <li key={view.id}>
              <AnswerCard view={view} away onOpened={setOpened} />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
