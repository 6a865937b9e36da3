/** Answers that did not come by themselves: any payload can be opened here, and those without a request wait here. */
import { Trans, useLingui } from "@lingui/react/macro";
import { shownIn } from "../../answers/OpenOutcome";
import { Screen } from "../../shell/Screen";
import styles from "./AnswersView.module.css";
import { LooseAnswers } from "./LooseAnswers";
import { OpenPayload } from "./OpenPayload";
import { useOpening } from "./use-opening";

export function AnswersView() {
  const { t } = useLingui();
  const open = useOpening();
  const shown = open.data ? shownIn(open.data) : null;
  return (
    <Screen
      title={t`Answers`}
      note={<Trans>Encrypted answers and webhooks are opened here, on this computer.</Trans>}
    >
      <div className={styles.sections}>
        <OpenPayload open={open} />
        <LooseAnswers without={shown?.id} />
      </div>
    </Screen>
  );
}
