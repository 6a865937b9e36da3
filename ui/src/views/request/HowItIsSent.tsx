/** How people are put into requests, and what texts may take from each row. */
import { useLingui } from "@lingui/react/macro";
import type { Form, SendMode } from "../../api/types";
import { Check, RadioCards, Section, Select, TextField, type Card } from "../../components";
import { useFormStore } from "./FormProvider";
import { hasVariables } from "./variables";
import { Variables } from "./Variables";
import { useIssue } from "./visible-issues";

export function HowItIsSent({ form, columns }: { form: Form; columns: readonly string[] }) {
  const { t } = useLingui();
  const store = useFormStore();
  const { plan, draft } = form;
  const cards: Card<SendMode>[] = [
    { value: "groups", title: t`Groups`, text: t`A request for every few people` },
    { value: "each", title: t`One for each person`, text: t`A request of its own for everybody` },
    { value: "together", title: t`One for all`, text: t`All people in a single request` },
    {
      value: "column",
      title: t`By a column`,
      text: t`A request for each value of a column of the list`,
    },
  ];
  const touched = (path: string) => () => store.touch(path);
  const columnIssue = useIssue("groupColumn");
  const sizeIssue = useIssue("groupSize");
  const emptyIssue = useIssue("leaveEmpty");

  return (
    <Section title={t`How it is sent`} testId="how-it-is-sent">
      <RadioCards
        path="sendMode"
        label={t`How people are put into requests`}
        value={plan.sendMode}
        error={useIssue("sendMode")}
        cards={cards}
        onChange={(sendMode) => store.changePlan({ sendMode })}
      />
      {plan.sendMode === "groups" ? (
        <TextField
          path="groupSize"
          label={t`People in a request, at most`}
          hint={t`20 is the smallest limit seen at Humanos.`}
          type="number"
          min={1}
          step={1}
          size={6}
          // An empty field is no number; the shell says so.
          value={plan.groupSize === 0 ? "" : String(plan.groupSize)}
          error={sizeIssue}
          onChange={(typed) => store.changePlan({ groupSize: wholeNumber(typed) })}
          onBlur={touched("groupSize")}
        />
      ) : null}
      {plan.sendMode === "column" ? (
        <Select
          path="groupColumn"
          label={t`Column of the list`}
          hint={
            columns.length === 0
              ? t`The list has no column to go by yet. Add a file that has one.`
              : t`People with the same value there are asked by one request.`
          }
          value={plan.groupColumn}
          choices={[
            { value: "", label: t`Choose a column` },
            ...choicesOf(columns, plan.groupColumn),
          ]}
          error={columnIssue}
          onChange={(groupColumn) => store.changePlan({ groupColumn })}
          onBlur={touched("groupColumn")}
        />
      ) : null}
      <Variables columns={columns} />
      {hasVariables(draft) ? (
        <Check
          path="leaveEmpty"
          label={t`Leave it empty where a row has no value`}
          value={plan.leaveEmpty}
          error={emptyIssue}
          onChange={(leaveEmpty) => store.changePlan({ leaveEmpty })}
        />
      ) : null}
    </Section>
  );
}

/** A column that the list no longer has stays to be seen; the shell says that it is gone. */
function choicesOf(columns: readonly string[], chosen: string) {
  const all = chosen === "" || columns.includes(chosen) ? columns : [...columns, chosen];
  return all.map((column) => ({ value: column, label: column }));
}

/** Within what the wire holds: a whole number from 0, which the shell then judges. */
function wholeNumber(typed: string): number {
  const number = Math.floor(Number(typed));
  return Number.isFinite(number) ? Math.min(Math.max(number, 0), 4_294_967_295) : 0;
}
