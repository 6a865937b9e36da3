/** How the stand-in puts people into requests: enough to see each way of sending and what may be wrong with it. */
import type { Form, FormCheck, Issue, PlanIssueView, SendPlan } from "../../api/types";

export const FAKE_PACE = { perMinute: 60, inFlight: 4 };
/** The columns of the stand-in's lists that texts may name. */
export const FAKE_COLUMNS = ["Name", "Client id", "Branch"];

export function defaultPlan(): SendPlan {
  return { sendMode: "groups", groupSize: 20, groupColumn: "", leaveEmpty: false };
}

export function groupsOf(contacts: string[], plan: SendPlan): string[][] {
  switch (plan.sendMode) {
    case "together":
      return [contacts];
    case "each":
      return contacts.map((contact) => [contact]);
    case "groups":
      return chunks(contacts, Math.max(1, plan.groupSize));
    case "column":
      return chunks(contacts, Math.max(1, Math.ceil(contacts.length / 3)));
  }
}

export function fakeFormCheck(form: Form, contacts: string[], issues: Issue[]): FormCheck {
  const requests = contacts.length === 0 ? 0 : groupsOf(contacts, form.plan).length;
  return {
    issues: [...issues, ...planFaults(form.plan)],
    requests,
    people: contacts.length,
    seconds: Math.ceil((requests * 60) / FAKE_PACE.perMinute),
    columns: contacts.length === 0 ? [] : FAKE_COLUMNS,
  };
}

function planFaults({ sendMode, groupSize, groupColumn }: SendPlan): Issue[] {
  if (sendMode === "groups" && (groupSize < 1 || groupSize > 100)) {
    return [
      { path: "groupSize", code: "out-of-range", message: "Give a whole number from 1 to 100" },
    ];
  }
  if (sendMode === "column" && !groupColumn) {
    return [{ path: "groupColumn", code: "missing", message: "Choose the column" }];
  }
  return [];
}

/** A text that names a column: each third row has no value, which is an issue unless it may stay empty. */
export function planIssues(form: Form, contacts: string[]): PlanIssueView[] {
  const named = /\{\{(.+?)\}\}/.exec(form.draft.name)?.[1];
  if (!named || form.plan.leaveEmpty) return [];
  return contacts.flatMap((_, at) =>
    at % 3 === 2
      ? [
          {
            path: "name",
            message: `The column “${named}” has no value here`,
            row: at + 2,
            source: "clients-q4.csv",
            request: null,
          },
        ]
      : [],
  );
}

function chunks(contacts: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(contacts.length / size) }, (_, at) =>
    contacts.slice(at * size, (at + 1) * size),
  );
}
