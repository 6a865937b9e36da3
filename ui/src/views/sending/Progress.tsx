/** How many people were asked, and requests by state; pressing a state shows only those. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { BatchView, RequestState } from "../../api/types";
import { Meter } from "../../components";
import { aboutSeconds } from "./durations";
import styles from "./Sending.module.css";
import { progressText, STATE_CHIPS } from "./words";

export function Progress(props: {
  batch: BatchView;
  state: RequestState | null;
  onState: (state: RequestState | null) => void;
}) {
  const { batch, state, onState } = props;
  const { t, i18n } = useLingui();
  const { counts, people, leftMs } = batch;
  const text = progressText(batch, i18n);
  const asked = i18n.number(counts.accepted.people);
  const all = i18n.number(people);
  const refused = counts.refused.people;
  const doubtful = counts.unknown.people;
  const left = leftMs === null ? null : aboutSeconds(leftMs / 1000, i18n);
  const chips = STATE_CHIPS.filter(
    (chip) => chip.always || chip.state === state || counts[chip.count].requests > 0,
  );
  return (
    <section className={styles.box} aria-label={t`How far it is`} data-testid="batch-progress">
      <div className={styles.progressHead}>
        <p className={styles.strong} data-testid="batch-asked">
          <Trans>
            {asked} of {all} people asked
          </Trans>
        </p>
        {left === null ? null : (
          <p className={styles.soft} data-testid="batch-left">
            <Trans>{left} left</Trans>
          </p>
        )}
      </div>
      <Meter
        label={t`People asked`}
        text={text}
        all={people}
        parts={[
          { value: counts.accepted.people },
          { value: refused, tone: "error" },
          { value: doubtful, tone: "warning" },
        ]}
      />
      {refused > 0 || doubtful > 0 ? (
        <p className={styles.legend}>
          {refused > 0 ? (
            <span className={styles.key} data-tone="error">
              <Trans>{i18n.number(refused)} refused</Trans>
            </span>
          ) : null}
          {doubtful > 0 ? (
            <span className={styles.key} data-tone="warning">
              <Trans>{i18n.number(doubtful)} without a clear answer</Trans>
            </span>
          ) : null}
        </p>
      ) : null}
      <div className={styles.chips} role="group" aria-label={t`Show only requests that are`}>
        {chips.map((chip) => (
          <button
            key={chip.state}
            type="button"
            className={styles.chip}
            data-testid={`state-${chip.state}`}
            aria-pressed={state === chip.state}
            onClick={() => onState(state === chip.state ? null : chip.state)}
          >
            {i18n._(chip.label)} {i18n.number(counts[chip.count].requests)}
          </button>
        ))}
      </div>
    </section>
  );
}
