/** Over the table: filters with counts, search, undo, and a way to take the unused rows along. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Problem, Show, Summary } from "../../../api/types";
import styles from "../Whom.module.css";
import type { AskControls } from "./ask";
import { ExportUnused } from "./Saving";
import { UndoButton } from "./UndoButton";

export function ListBar(props: {
  summary: Summary;
  controls: AskControls;
  onProblem: (problem: Problem | null) => void;
}) {
  const { t, i18n } = useLingui();
  const { controls, summary, onProblem } = props;
  const { all, errors, warnings, ready } = summary;
  const filters: [Show, string, number][] = [
    ["all", t`All`, all],
    ["errors", t`Errors`, errors],
    ["warnings", t`Warnings`, warnings],
    ["ready", t`Ready`, ready],
  ];
  return (
    <>
      <div className={styles.bar}>
        <div className={styles.filters} role="group" aria-label={t`Show`}>
          {filters.map(([show, label, count]) => (
            <button
              key={show}
              type="button"
              className={styles.filter}
              data-testid={`filter-${show}`}
              aria-pressed={controls.ask.show === show}
              onClick={() => controls.show(show)}
            >
              {label} {i18n.number(count)}
            </button>
          ))}
        </div>
        <input
          type="search"
          className={styles.search}
          data-testid="row-search"
          aria-label={t`Search the list`}
          placeholder={t`Search`}
          value={controls.typed}
          onChange={(event) => controls.type(event.target.value)}
        />
      </div>
      {summary.undo !== null || errors > 0 ? (
        <div className={styles.bar}>
          {summary.undo === null ? (
            <span />
          ) : (
            <UndoButton label={summary.undo} onProblem={onProblem} />
          )}
          {errors > 0 ? <ExportUnused onProblem={onProblem} /> : null}
        </div>
      ) : null}
      <ReasonFilters summary={summary} controls={controls} />
    </>
  );
}

/** Rows with the same reason, counted: four typos of one kind are one thing to know, and to look at. */
function ReasonFilters({ summary, controls }: { summary: Summary; controls: AskControls }) {
  const { t, i18n } = useLingui();
  const { reason: pressed } = controls.ask;
  // A pressed filter stays until it is pressed again, also when no row has the reason any more.
  const gone = pressed !== null && !summary.reasons.some((reason) => reason.code === pressed);
  if (summary.reasons.length === 0 && !gone) return null;
  return (
    <div className={styles.reasons} role="group" aria-label={t`Show only rows with this reason`}>
      {summary.reasons.map((reason) => (
        <button
          key={`${reason.code} ${reason.message}`}
          type="button"
          className={styles.reason}
          data-state={reason.state}
          data-testid={`reason-${reason.code}`}
          aria-pressed={pressed === reason.code}
          onClick={() => controls.reason(reason.code)}
        >
          <strong>{i18n.number(reason.count)}</strong> {reason.message}
        </button>
      ))}
      {gone ? (
        <button
          type="button"
          className={styles.reason}
          data-testid={`reason-${pressed}`}
          aria-pressed
          onClick={() => controls.reason(pressed)}
        >
          <Trans>No row has the chosen reason any more</Trans>
        </button>
      ) : null}
    </div>
  );
}
