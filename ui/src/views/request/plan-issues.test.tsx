import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Providers } from "../../app";
import type { PlanIssueView } from "../../api/types";
import { createFake } from "../../platform/fake";
import { FormStore } from "./form-store";
import { IssuesProvider, useVisibleIssues } from "./visible-issues";

const issue = (row: number, change: Partial<PlanIssueView> = {}): PlanIssueView => ({
  path: "name",
  message: "The column “Branch” has no value here",
  row,
  source: "clients.xlsx",
  request: null,
  ...change,
});

function Lines() {
  const { summary, at } = useVisibleIssues();
  return (
    <>
      <ul>
        {summary.map(({ control, message }) => (
          <li key={message}>{`${control}: ${message}`}</li>
        ))}
      </ul>
      <p data-testid="at-name">{at.get("name")}</p>
    </>
  );
}

async function lines(issues: PlanIssueView[], issueCount: number) {
  const platform = createFake({ filled: true, rows: 3 });
  const store = new FormStore(platform);
  await store.load();
  store.takePlanIssues({ review: null, issues, issueCount });
  render(
    <Providers platform={platform}>
      <IssuesProvider state={store.snapshot()}>
        <Lines />
      </IssuesProvider>
    </Providers>,
  );
  return { store, said: screen.getAllByRole("listitem").map((item) => item.textContent) };
}

test("the first twenty are named, the others counted", async () => {
  const different = Array.from({ length: 30 }, (_, at) =>
    issue(at + 2, { message: `“${at}” is too long` }),
  );
  const { said } = await lines(different, 500);
  expect(said).toHaveLength(21);
  expect(said[0]).toBe("name: Row 2 of clients.xlsx: “0” is too long");
  expect(said[20]).toBe("null: and 480 more");
  expect(screen.getByTestId("at-name").textContent?.match(/too long/g)).toHaveLength(3);
});

test("an issue is named by what it is about", async () => {
  const { said } = await lines(
    [
      issue(7, { source: null, message: "a" }),
      { path: "groupColumn", message: "b", row: null, source: null, request: null },
      { path: "credentials.0.name", message: "c", row: null, source: null, request: 3 },
      { path: "name", message: "d", row: null, source: "Added by hand", request: null },
    ],
    4,
  );
  expect(said).toEqual([
    "name: Row 7: a",
    // Its own control is not shown now; the choice that shows it is.
    "sendMode: b",
    "credentials.0.name: Credential 1: Request 3: c",
    "name: Added by hand: d",
  ]);
});

test("they go with a change of their field, of the plan or of the list", async () => {
  const found = [issue(2), issue(3), issue(4, { path: "language" })];
  const { store } = await lines(found, 3);
  store.change("name", (draft) => ({ ...draft, name: "x" }));
  expect(store.snapshot()).toMatchObject({ planIssues: [found[2]], planIssueCount: 1 });
  store.changePlan({ leaveEmpty: true });
  expect(store.snapshot()).toMatchObject({ planIssues: [], planIssueCount: 0 });
  store.takePlanIssues({ review: null, issues: found, issueCount: 3 });
  store.listChanged(null);
  expect(store.snapshot().planIssueCount).toBe(0);
});
