/** What people answered, as far as it was opened here. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { AnswerCard } from "../../answers/AnswerCard";
import cards from "../../answers/Answers.module.css";
import { headline } from "../../answers/words";
import type { RequestDetail } from "../../api/types";
import { useAnnounce } from "../../components";
import styles from "./Detail.module.css";

export function Answers({ request }: { request: RequestDetail }) {
  const { answers } = request;
  useNewAnswerSaid(request);
  if (answers.length === 0 && request.state !== "accepted") return null;
  return (
    <section className={styles.part} aria-labelledby="request-answers" data-testid="answers">
      <h3 id="request-answers">
        <Trans>Answers ({answers.length})</Trans>
      </h3>
      {answers.length === 0 ? (
        <p className={styles.soft}>
          <Trans>
            None was opened here yet. Answers to “Open here” come by themselves; others can be
            brought under Answers.
          </Trans>
        </p>
      ) : (
        <ul className={cards.cards}>
          {answers.map((view) => (
            <li key={view.id}>
              <AnswerCard view={view} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function useNewAnswerSaid({ answers }: RequestDetail) {
  const announce = useAnnounce();
  const { i18n, t } = useLingui();
  const seen = useRef(answers.length);
  useEffect(() => {
    const [newest] = answers;
    if (newest && answers.length > seen.current) {
      announce(
        newest.answer ? headline(newest.answer, i18n) : t`An answer came that could not be opened.`,
      );
    }
    seen.current = answers.length;
  }, [answers, announce, i18n, t]);
}
