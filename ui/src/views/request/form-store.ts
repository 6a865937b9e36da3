/**
 * The form as the officer left it, above all views: typing changes it at once, the shell hears of it
 * a moment later. What could not be saved is tried again; what was typed is never taken back.
 */
import { asProblem } from "../../api/problems";
import type {
  Draft,
  Form,
  FormCheck,
  ImportReport,
  Issue,
  PlanIssueView,
  PreparedReview,
  Problem,
  Review,
  SendPlan,
} from "../../api/types";
import type { Platform } from "../../platform";
import { coversPath } from "./issues";

export interface FormState {
  form: Form | null;
  loadProblem: Problem | null;
  /** Changed since it was last saved. */
  unsaved: boolean;
  savedAtMs: number | null;
  saveProblem: Problem | null;
  /** Every issue of the form, also where the officer has not been yet. */
  issues: Issue[];
  /** What the server said about fields; each goes when its field is changed. */
  serverIssues: Issue[];
  /** What the form would make of the list, as of the last check. */
  outlook: Omit<FormCheck, "issues"> | null;
  /** What the last review found in the rows; gone once the list or the plan changes. */
  planIssues: PlanIssueView[];
  /** How many of them there are in all. */
  planIssueCount: number;
  touched: ReadonlySet<string>;
  /** Review was pressed: all issues are shown from now on. */
  showAll: boolean;
  /** Counts how often the summary was asked for. */
  asked: number;
  /** What the last file or paste brought, until something else happens to the list. */
  imported: ImportReport | null;
  /** The files it came from, by name. */
  importedFrom: string[];
  review: Review | null;
}

export const SAVE_AFTER_MS = 600;
export const CHECK_AFTER_MS = 300;
const SAVE_AGAIN_MS = [2_000, 5_000, 15_000, 30_000];

const EMPTY: FormState = {
  form: null,
  loadProblem: null,
  unsaved: false,
  savedAtMs: null,
  saveProblem: null,
  issues: [],
  serverIssues: [],
  outlook: null,
  planIssues: [],
  planIssueCount: 0,
  touched: new Set(),
  showAll: false,
  asked: 0,
  imported: null,
  importedFrom: [],
  review: null,
};

export class FormStore {
  private state = EMPTY;
  private readonly listeners = new Set<() => void>();
  private saveTimer: ReturnType<typeof setTimeout> | undefined;
  private checkTimer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private failedSaves = 0;
  private checks = 0;

  constructor(private readonly platform: Platform) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly snapshot = (): FormState => this.state;

  async load(): Promise<void> {
    if (this.state.form) return;
    try {
      const { form, savedAtMs } = await this.platform.loadForm();
      this.put({ form, savedAtMs, loadProblem: null });
      await this.checkNow();
    } catch (thrown) {
      this.put({ loadProblem: asProblem(thrown) });
    }
  }

  /** Changes the draft; `path` is the field that was changed. */
  change(path: string, recipe: (draft: Draft) => Draft): void {
    this.changeForm(path, (form) => ({ ...form, draft: recipe(form.draft) }));
  }

  changeForm(path: string, recipe: (form: Form) => Form): void {
    const { form } = this.state;
    if (!form) return;
    this.put({
      form: recipe(form),
      unsaved: true,
      serverIssues: this.state.serverIssues.filter((issue) => !coversPath(path, issue.path)),
      ...this.planIssuesWithout((issue) => coversPath(path, issue.path)),
    });
    this.saveSoon(SAVE_AFTER_MS);
    this.checkSoon();
  }

  changePlan(change: Partial<SendPlan>): void {
    const [path = "sendMode"] = Object.keys(change);
    this.changeForm(path, (form) => ({ ...form, plan: { ...form.plan, ...change } }));
    this.put(this.planIssuesWithout(() => true));
  }

  /** The officer has left a field: its issues may be shown. */
  touch(path: string): void {
    if (this.state.touched.has(path)) return;
    this.put({ touched: new Set(this.state.touched).add(path) });
  }

  /** Contacts typed but not added to the list yet: saved like the rest. */
  typeContacts(text: string): void {
    const { form } = this.state;
    if (!form) return;
    this.put({ form: { ...form, pendingContacts: text }, unsaved: true });
    this.saveSoon(SAVE_AFTER_MS);
  }

  /** The list changed, in Rust: the form's issues depend on it. */
  listChanged(imported: ImportReport | null, importedFrom: string[] = []): void {
    this.put({ imported, importedFrom, ...this.planIssuesWithout(() => true) });
    this.checkSoon();
  }

  /** Saves what is unsaved, now. Never rejects: a failed save is shown and tried again. */
  async flush(): Promise<void> {
    clearTimeout(this.saveTimer);
    if (this.saving) await this.saving;
    if (!this.state.unsaved) return;
    this.saving = this.save();
    await this.saving;
    this.saving = null;
  }

  async checkNow(): Promise<Issue[]> {
    clearTimeout(this.checkTimer);
    const { form } = this.state;
    if (!form) return [];
    const turn = ++this.checks;
    const { issues, ...outlook } = await this.platform.checkForm(form);
    // A later check has the later word.
    if (turn === this.checks) this.put({ issues, outlook });
    return issues;
  }

  showAllIssues(): void {
    this.put({ showAll: true, asked: this.state.asked + 1 });
  }

  /** The rows do not give what the texts and the plan need. */
  takePlanIssues({ issues, issueCount }: PreparedReview): void {
    this.put({ planIssues: issues, planIssueCount: issueCount });
    this.showAllIssues();
  }

  /** Back from a refused request, to mend it. */
  takeServerIssues(serverIssues: Issue[]): void {
    this.put({ serverIssues, asked: this.state.asked + 1 });
  }

  /**
   * The request is on its way: the shell has started an empty form where it was accepted, else a new
   * idempotency key for this one.
   */
  async sent(accepted: boolean): Promise<void> {
    const { form, savedAtMs } = await this.platform.loadForm();
    const old = this.state.form;
    this.checks += 1;
    if (accepted || !old) this.put({ ...EMPTY, form, savedAtMs });
    else this.put({ form: { ...old, idempotencyKey: form.idempotencyKey }, review: null });
    await this.checkNow();
  }

  /** The shell may have emptied the form: what it holds counts. */
  async reload(): Promise<void> {
    const { form, savedAtMs } = await this.platform.loadForm();
    if (form.idempotencyKey !== this.state.form?.idempotencyKey) {
      this.checks += 1;
      this.put({ ...EMPTY, form, savedAtMs });
    }
    await this.checkNow();
  }

  /** The shell refused a field that its check had let pass. */
  addRefusal(path: string, message: string): void {
    const { serverIssues, asked } = this.state;
    // Not what Humanos said, but shown and gone like it.
    const issue: Issue = { path, code: "not-allowed", message };
    this.put({ serverIssues: [...serverIssues, issue], asked: asked + 1 });
  }

  setReview(review: Review | null): void {
    this.put({ review, ...this.planIssuesWithout(() => true) });
  }

  /** Starts an empty form and an empty list. */
  async reset(): Promise<void> {
    clearTimeout(this.saveTimer);
    clearTimeout(this.checkTimer);
    if (this.saving) await this.saving;
    const { form, savedAtMs } = await this.platform.resetForm();
    this.checks += 1;
    this.put({ ...EMPTY, form, savedAtMs });
    await this.checkNow();
  }

  private async save(): Promise<void> {
    const { form } = this.state;
    if (!form) return;
    try {
      const { savedAtMs } = await this.platform.saveForm(form);
      this.failedSaves = 0;
      this.put({ savedAtMs, saveProblem: null, unsaved: this.state.form !== form });
    } catch (thrown) {
      const again = SAVE_AGAIN_MS[Math.min(this.failedSaves, SAVE_AGAIN_MS.length - 1)];
      this.failedSaves += 1;
      this.put({ saveProblem: asProblem(thrown) });
      this.saveSoon(again ?? SAVE_AFTER_MS);
    }
  }

  private saveSoon(afterMs: number): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(() => void this.flush(), afterMs);
  }

  private checkSoon(): void {
    clearTimeout(this.checkTimer);
    // A check that fails says nothing about the form; the review asks again and shows why.
    this.checkTimer = setTimeout(() => void this.checkNow().catch(() => []), CHECK_AFTER_MS);
  }

  private planIssuesWithout(
    gone: (issue: PlanIssueView) => boolean,
  ): Pick<FormState, "planIssues" | "planIssueCount"> {
    const planIssues = this.state.planIssues.filter((issue) => !gone(issue));
    const fewer = this.state.planIssues.length - planIssues.length;
    const planIssueCount = planIssues.length === 0 ? 0 : this.state.planIssueCount - fewer;
    return { planIssues, planIssueCount };
  }

  private put(change: Partial<FormState>): void {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }
}

/** A version 4 UUID; `crypto.randomUUID` is missing where the page is not a secure context. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
