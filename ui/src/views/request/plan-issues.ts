/** What the rows lack for the texts and the plan: alike ones together, the first few in full. */
import type { PlanIssueView } from "../../api/types";

export interface AlikeIssues {
  first: PlanIssueView;
  count: number;
}

export function alike(issues: readonly PlanIssueView[]): AlikeIssues[] {
  const found = new Map<string, AlikeIssues>();
  for (const issue of issues) {
    const key = `${issue.path} ${issue.message}`;
    const so = found.get(key);
    if (so) so.count += 1;
    else found.set(key, { first: issue, count: 1 });
  }
  return [...found.values()];
}
