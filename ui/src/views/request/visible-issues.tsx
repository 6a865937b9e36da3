/** Which issues the officer sees now, and at which control. */
import { useLingui } from "@lingui/react/macro";
import { createContext, use, useMemo, type ReactNode } from "react";
import type { SummaryLine } from "../../components";
import type { FormState } from "./form-store";
import { controlsOf, placeIssue, type PlacedIssue } from "./issues";

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
  const { form, issues, serverIssues, touched, showAll } = state;
  const visible = useMemo(() => {
    const controls = form ? controlsOf(form.draft) : new Set<string>();
    const worded = ({ control, line, message }: PlacedIssue): SummaryLine => ({
      control,
      message: line === null ? message : t`Line ${line}: ${message}`,
    });
    const own = issues.map((issue) => worded(placeIssue(issue, controls)));
    const servers = serverIssues.map((issue) => worded(placeIssue(issue, controls)));
    const seen = own.filter((line) => showAll || (line.control && touched.has(line.control)));
    const at = new Map<string, string>();
    for (const { control, message } of [...servers, ...seen]) {
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
    const all = [...servers, ...own].map(named);
    const summary = showAll ? all : servers.map(named);
    return { at, summary: distinct(summary), missing: distinct(all) };
  }, [form, issues, serverIssues, touched, showAll, t]);
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
