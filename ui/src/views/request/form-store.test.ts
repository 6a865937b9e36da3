import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FormCheck, Issue } from "../../api/types";
import { createFake, type FakePlatform } from "../../platform/fake";
import { problem } from "../../platform/fake/requests";
import { CHECK_AFTER_MS, FormStore, newKey, SAVE_AFTER_MS } from "./form-store";

let platform: FakePlatform;
let store: FormStore;
const name = (text: string) => store.change("name", (draft) => ({ ...draft, name: text }));

beforeEach(async () => {
  vi.useFakeTimers();
  platform = createFake();
  store = new FormStore(platform);
  await store.load();
});
afterEach(() => {
  vi.useRealTimers();
});

test("typing is saved once, when it pauses", async () => {
  name("C");
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 100);
  name("Client");
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1);
  expect(platform.fake.saves).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(platform.fake.saves).toBe(1);
  expect(platform.fake.form.draft.name).toBe("Client");
  expect(store.snapshot().unsaved).toBe(false);
});

test("leaving saves at once, and only what is unsaved", async () => {
  name("Client");
  await store.flush();
  await store.flush();
  expect(platform.fake.saves).toBe(1);
});

test("a rejected save keeps what was typed, says so, and is tried again until it works", async () => {
  platform.fake.rejects.saveForm = problem("save-failed", "disk full");
  name("Client");
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
  expect(store.snapshot().saveProblem?.code).toBe("save-failed");
  expect(store.snapshot().form?.draft.name).toBe("Client");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.snapshot().unsaved).toBe(true);

  delete platform.fake.rejects.saveForm;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(platform.fake.form.draft.name).toBe("Client");
  expect(store.snapshot()).toMatchObject({ saveProblem: null, unsaved: false });
});

test("what is typed while a save is under way is saved after it", async () => {
  const saved = vi.spyOn(platform, "saveForm");
  name("Client");
  const leaving = store.flush();
  name("Client onboarding");
  await leaving;
  expect(store.snapshot().unsaved).toBe(true);
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
  expect(saved).toHaveBeenCalledTimes(2);
  expect(platform.fake.form.draft.name).toBe("Client onboarding");
});

test("the form is checked when typing pauses", async () => {
  store.changeForm("returnTo", (form) => ({ ...form, returnTo: "web" }));
  store.change("redirectUrl", (draft) => ({ ...draft, redirectUrl: "nowhere" }));
  await vi.advanceTimersByTimeAsync(CHECK_AFTER_MS);
  expect(store.snapshot().issues.map((issue) => issue.path)).toContain("redirectUrl");
});

test("an earlier check that answers late does not undo a later one", async () => {
  const outlook = { requests: 0, people: 0, seconds: 0, columns: [] };
  const answers: ((check: FormCheck) => void)[] = [];
  vi.spyOn(platform, "checkForm").mockImplementation(
    () => new Promise((resolve) => answers.push(resolve)),
  );
  const first = store.checkNow();
  const second = store.checkNow();
  answers[1]?.({ ...outlook, issues: [] });
  await second;
  const old: Issue = { path: "name", code: "missing", message: "old" };
  answers[0]?.({ ...outlook, issues: [old] });
  await first;
  expect(store.snapshot().issues).toEqual([]);
});

test("what the server said goes with the change of its field", () => {
  store.takeServerIssues([
    { path: "name", code: "server", message: "too long" },
    { path: "redirectUrl", code: "server", message: "not allowed" },
  ]);
  name("Shorter");
  expect(store.snapshot().serverIssues.map((issue) => issue.path)).toEqual(["redirectUrl"]);
});

test("what the server said of the return address goes with another way back", () => {
  store.takeServerIssues([{ path: "redirectUrl", code: "server", message: "not allowed" }]);
  store.changeForm("returnTo", (form) => ({ ...form, returnTo: "none" }));
  expect(store.snapshot().serverIssues).toEqual([]);
});

test("after a request that was not accepted the form stays, under the shell's new key", async () => {
  name("Client");
  const key = store.snapshot().form?.idempotencyKey;
  platform.fake.form = { ...platform.fake.form, idempotencyKey: "new-key" };
  await store.sent(false);
  expect(store.snapshot().form).toMatchObject({ idempotencyKey: "new-key" });
  expect(store.snapshot().form?.draft.name).toBe("Client");
  expect(key).not.toBe("new-key");
});

test("after an accepted request the form starts empty", async () => {
  name("Client");
  await store.flush();
  await platform.resetForm();
  await store.sent(true);
  expect(store.snapshot().form?.draft.name).toBe("");
});

test("a new key is a version 4 UUID", () => {
  expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
