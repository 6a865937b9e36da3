/** Which issues the officer sees now, and at which control. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { createContext, use, useMemo, type ReactNode } from "react";
import type { SummaryLine } from "../../components";
import type { FormState } from "./form-store";
import { controlsOf, placeIssue, type PlacedIssue } from "./issues";
import { alike, type AlikeIssues } from "./plan-issues";

/** So many lines about rows stand in the summary, and so many at one control. */
const SHOWN = 20;
const SHOWN_AT_CONTROL = 3;

interface VisibleIssues {
  /** Message by control. */
  at: ReadonlyMap<string, string>;
  summary: SummaryLine[];
  /** Everything that stands between the form and its review, seen or not. */
  missing: SummaryLine[];
}

const IssuesContext = createContext<VisibleIssues>({ at: new Map(), summary: [], missing: [] });

export function IssuesProvider({ state, children }: { state: FormState; children: ReactNode }) {
  const { t } = useLingui();
  const { form, issues, serverIssues, planIssues, planIssueCount, touched, showAll } = state;
  const visible = useMemo(() => {
    const controls = form ? controlsOf(form.draft, form.plan, form.returnTo) : new Set<string>();
    const worded = ({ control, line, message }: PlacedIssue): SummaryLine => ({
      control,
      message: line === null ? message : t`Line ${line}: ${message}`,
    });
    const own = issues.map((issue) => worded(placeIssue(issue, controls)));
    const servers = serverIssues.map((issue) => worded(placeIssue(issue, controls)));
    const seen = own.filter((line) => showAll || (line.control && touched.has(line.control)));
    const ofRow = ({ first, count }: AlikeIssues): SummaryLine => {
      const { row, source, request, message, path } = first;
      const more = plural(count - 1, { one: "and # more", other: "and # more" });
      const where =
        row !== null && source
          ? t`Row ${row} of ${source}`
          : row !== null
            ? t`Row ${row}`
            : request !== null
              ? t`Request ${request}`
              : source;
      const { control } = placeIssue({ path, code: "not-allowed", message }, controls);
      if (where === null) return { control, message };
      return {
        control,
        message: count > 1 ? `${where} ${more}: ${message}` : `${where}: ${message}`,
      };
    };
    const groups = alike(planIssues);
    const rows = groups.slice(0, SHOWN).map(ofRow);
    const said = groups.slice(0, SHOWN).reduce((sum, { count }) => sum + count, 0);
    const unsaid = planIssueCount - said;
    const tail: SummaryLine[] =
      unsaid > 0
        ? [{ control: null, message: plural(unsaid, { one: "and # more", other: "and # more" }) }]
        : [];
    const at = new Map<string, string>();
    const timesAt = new Map<string, number>();
    const rowsAt = rows.filter(({ control }) => {
      const times = (timesAt.get(control ?? "") ?? 0) + 1;
      timesAt.set(control ?? "", times);
      return times <= SHOWN_AT_CONTROL;
    });
    for (const { control, message } of [...servers, ...seen, ...rowsAt]) {
      if (control) at.set(control, at.has(control) ? `${at.get(control)} ${message}` : message);
    }
    // Away from its field a sentence must say which of several it means; at the field that is plain.
    const named = (line: SummaryLine): SummaryLine => {
      const [, list, index] =
        /^(credentials|expectedDocIds)\.(\d+)\./.exec(line.control ?? "") ?? [];
      const number = Number(index) + 1;
      if (list === "credentials")
        return { ...line, message: t`Credential ${number}: ${line.message}` };
      if (list) return { ...line, message: t`Document number ${number}: ${line.message}` };
      return line;
    };
    const all = [...servers, ...own, ...rows].map(named);
    const summary = showAll ? all : [...servers, ...rows].map(named);
    return { at, summary: [...distinct(summary), ...tail], missing: distinct(all) };
  }, [form, issues, serverIssues, planIssues, planIssueCount, touched, showAll, t]);
  return <IssuesContext value={visible}>{children}</IssuesContext>;
}

export function useVisibleIssues(): VisibleIssues {
  return use(IssuesContext);
}

export function useIssue(path: string): string | undefined {
  return use(IssuesContext).at.get(path);
}

function distinct(lines: SummaryLine[]): SummaryLine[] {
  const seen = new Set<string>();
  return lines.filter(({ control, message }) => {
    const key = `${control} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
