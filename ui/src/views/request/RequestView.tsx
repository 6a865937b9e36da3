/** New request: one page, in the order an officer thinks, with the request in words beside it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent } from "react";
import type { Form, Issue } from "../../api/types";
import { Callout, ErrorSummary, Loading, ProblemCallout } from "../../components";
import { Screen } from "../../shell/Screen";
import { useFormState, useFormStore } from "./FormProvider";
import type { FormState } from "./form-store";
import { HowItArrives } from "./HowItArrives";
import { HowItIsSent } from "./HowItIsSent";
import { HowStrictly } from "./HowStrictly";
import { clock } from "./moments";
import { Rail } from "./Rail";
import { Records } from "./Records";
import styles from "./RequestView.module.css";
import { useReview } from "./use-review";
import { StartOver } from "./StartOver";
import { IssuesProvider, useVisibleIssues } from "./visible-issues";
import { What } from "./What";
import { Whom } from "./Whom";

export function RequestView({ serverIssues }: { serverIssues?: Issue[] | undefined }) {
  const { t } = useLingui();
  const store = useFormStore();
  const state = useFormState();
  const loaded = state.form !== null;

  useEffect(() => {
    if (loaded && serverIssues && serverIssues.length > 0) store.takeServerIssues(serverIssues);
  }, [loaded, serverIssues, store]);

  useEffect(() => () => void store.flush(), [store]);

  if (state.form) {
    return (
      <IssuesProvider state={state}>
        <LoadedForm state={state} form={state.form} />
      </IssuesProvider>
    );
  }
  return (
    <Screen title={t`New request`}>
      {state.loadProblem ? <ProblemCallout problem={state.loadProblem} /> : <Loading />}
    </Screen>
  );
}

function LoadedForm({ state, form }: { state: FormState; form: Form }) {
  const { t } = useLingui();
  const { summary } = useVisibleIssues();
  const { review, busy, problem } = useReview();
  const { draft } = form;

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    if (document.querySelector("[role=alertdialog], [role=dialog]")) return;
    event.preventDefault();
    void review();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  return (
    <Screen
      title={t`New request`}
      note={<SavedNote state={state} />}
      hasErrors={summary.length > 0}
      railLabel={t`This request`}
      rail={
        <Rail
          form={form}
          outlook={state.outlook}
          pressed={summary.length > 0}
          busy={busy}
          onReview={() => void review()}
        />
      }
    >
      <ErrorSummary lines={summary} asked={state.asked} />
      {problem ? <ProblemCallout problem={problem} /> : null}
      {state.saveProblem ? (
        <ProblemCallout problem={state.saveProblem} testId="save-problem">
          <p>
            <Trans>What you typed is still here. Countersign keeps trying to save it.</Trans>
          </p>
        </ProblemCallout>
      ) : null}
      {state.serverIssues.some((issue) => issue.code === "server") ? (
        <Callout tone="warning" title={t`Humanos refused the last try`}>
          <Trans>Correct what is marked. The request has a new idempotency key.</Trans>
        </Callout>
      ) : null}
      <div className={styles.sections}>
        <Whom />
        <What draft={draft} />
        <HowStrictly draft={draft} />
        <HowItArrives form={form} />
        <HowItIsSent form={form} columns={state.outlook?.columns ?? []} />
        <Records form={form} />
        <StartOver />
      </div>
    </Screen>
  );
}

function SavedNote({ state }: { state: FormState }) {
  return (
    <p data-testid="saved-note">
      {state.savedAtMs === null ? (
        <Trans>Nothing is sent until you review it.</Trans>
      ) : state.unsaved ? (
        <Trans>Saving… Nothing is sent until you review it.</Trans>
      ) : (
        <Trans>Saved as draft {clock(state.savedAtMs)}. Nothing is sent until you review it.</Trans>
      )}
    </p>
  );
}
