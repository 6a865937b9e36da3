/** The stand-in's batches: each goes on by one step whenever it is told to, so that tests decide when. */
import type {
  BatchCounts,
  BatchView,
  FailureGroup,
  Form,
  Mended,
  Pace,
  RequestDetail,
  RequestList,
  RequestState,
} from "../../api/types";
import type { BatchAsk, Platform } from "../platform";
import { endingOf } from "./answers";
import {
  fakeRequest,
  fakeReviewRequest,
  problem,
  type Answer,
  type FakeConnection,
} from "./requests";

interface Member {
  id: string;
  number: number;
  contacts: string[];
  state: RequestState;
  /** How it ends once it is sent. */
  answer: Answer;
}

interface Batch {
  view: BatchView;
  form: Form;
  to: FakeConnection;
  members: Member[];
}

const STATES: [RequestState, keyof BatchCounts][] = [
  ["planned", "planned"],
  ["sending", "sending"],
  ["accepted", "accepted"],
  ["refused", "refused"],
  ["unknown", "unknown"],
  ["not-sent", "notSent"],
  ["cancelled", "cancelled"],
];

export function fakeBatches(
  tell: (batch: BatchView) => void,
  paceOf: (connection: string) => Pace,
) {
  let batches: Batch[] = [];
  const of = (id: string): Batch => {
    const batch = batches.find((one) => one.view.id === id);
    if (!batch) throw problem("unknown-item", "no such batch");
    return batch;
  };
  const memberOf = (request: string) => {
    const batch = batches.find((one) => one.members.some(({ id }) => id === request));
    const member = batch?.members.find(({ id }) => id === request);
    return batch && member ? { batch, member } : null;
  };

  function counted(batch: Batch, change: Partial<BatchView> = {}): BatchView {
    const count = (state: RequestState) => {
      const these = batch.members.filter((member) => member.state === state);
      return { requests: these.length, people: sum(these) };
    };
    const counts = Object.fromEntries(STATES.map(([state, name]) => [name, count(state)]));
    const kept = batch.members.filter(({ state }) => state !== "cancelled");
    const pace = paceOf(batch.view.connectionId);
    const left = counts.planned?.requests ?? 0;
    batch.view = {
      ...batch.view,
      revision: batch.view.revision + 1,
      requests: kept.length,
      people: sum(kept),
      pace,
      ...change,
      counts: counts as BatchCounts,
    };
    const running = batch.view.state === "running";
    batch.view.perMinute = running ? pace.perMinute - 2 : null;
    batch.view.leftMs = running ? Math.round((left * 60_000) / pace.perMinute) : null;
    tell(structuredClone(batch.view));
    return batch.view;
  }

  function step(batch: Batch) {
    const { view, members } = batch;
    if (view.state !== "running") return;
    for (const member of members) {
      if (member.state === "sending") member.state = endingOf(member.answer).state;
    }
    if (view.turning === "pausing") {
      return counted(batch, { state: "paused", turning: null, why: "You paused it." });
    }
    const waiting = members.filter(({ state }) => state === "planned");
    if (view.turning === "stopping") {
      return counted(batch, { state: "stopped", turning: null, endedAtMs: Date.now() });
    }
    if (waiting.length === 0) return counted(batch, { state: "finished", endedAtMs: Date.now() });
    for (const member of waiting.slice(0, view.pace.inFlight)) member.state = "sending";
    return counted(batch);
  }

  /** Puts members back in line and lets the batch go on. */
  function again(batch: Batch, ids: string[] | null, from: RequestState[]): number {
    const these = batch.members.filter(
      ({ id, state }) => from.includes(state) && (ids === null || ids.includes(id)),
    );
    for (const member of these) Object.assign(member, { state: "planned", answer: "accepted" });
    if (these.length > 0) {
      counted(batch, { state: "running", turning: null, why: "", endedAtMs: null });
    }
    return these.length;
  }

  function detail(batch: Batch, member: Member): RequestDetail {
    const { form, to } = batch;
    const { id, number, contacts, state } = member;
    const sent = fakeReviewRequest(form, contacts, number, to);
    const ended = state === endingOf(member.answer).state;
    const made = fakeRequest(
      sent,
      form,
      contacts,
      to,
      ended ? member.answer : "accepted",
      batch.view.createdAtMs,
      { id: batch.view.id, number },
    );
    const waits = { subjects: [], credentials: [], attempts: [], events: made.events.slice(0, 1) };
    return { ...made, id, state, ...(ended ? {} : waits) };
  }

  function failures(id: string): FailureGroup[] {
    const groups = new Map<string, Member[]>();
    for (const member of of(id).members) {
      if (!["refused", "unknown", "not-sent"].includes(member.state)) continue;
      const key = `${member.state} ${member.answer}`;
      groups.set(key, [...(groups.get(key) ?? []), member]);
    }
    return [...groups.values()].flatMap((members) => {
      const [first] = members;
      if (!first) return [];
      const { status, said } = endingOf(first.answer);
      const names = first.answer === "refused";
      return {
        state: first.state,
        kind:
          first.answer === "duplicate" || first.answer === "accepted" ? "conflict" : first.answer,
        status,
        said: names ? "contacts.3 must be a valid phone number" : said.join(", "),
        requests: members.length,
        people: sum(members),
        first: { id: first.id, number: first.number, people: first.contacts.length },
        contact: names ? (first.contacts[3] ?? null) : null,
      } satisfies FailureGroup;
    });
  }

  return {
    begin(form: Form, groups: string[][], to: FakeConnection & { id: string }): string {
      const id = crypto.randomUUID();
      const view: BatchView = {
        id,
        revision: 0,
        name: form.draft.name || "Request without a name",
        connectionId: to.id,
        connectionName: to.name,
        practice: to.practice,
        createdAtMs: Date.now(),
        endedAtMs: null,
        requests: 0,
        people: 0,
        state: "running",
        turning: null,
        why: "",
        resumesAtMs: null,
        counts: {} as BatchCounts,
        perMinute: null,
        allowedPerMinute: paceOf(to.id).perMinute,
        pace: paceOf(to.id),
        slowed: null,
        leftMs: null,
      };
      const members = groups.map((contacts, at): Member => ({
        id: crypto.randomUUID(),
        number: at + 1,
        contacts,
        state: "planned",
        answer: at === 16 || at === 40 ? "refused" : at === 22 ? "unknown" : "accepted",
      }));
      const batch = { view, form: structuredClone(form), to, members };
      batches = [batch, ...batches];
      counted(batch);
      return id;
    },
    step: () => batches.forEach(step),
    change: (id: string, change: Partial<BatchView>) => counted(of(id), change),
    recount: () => batches.forEach((batch) => counted(batch)),
    request(id: string): RequestDetail | null {
      const found = memberOf(id);
      return found && detail(found.batch, found.member);
    },
    commands: {
      batches: () => batches.map(({ view }) => view),
      batch: (id: string) => of(id).view,
      batchFailures: failures,
      batchRequests({
        id,
        state,
        search,
        offset,
        limit,
      }: BatchAsk & { offset: number; limit: number }): RequestList {
        const batch = of(id);
        const wanted = search.toLowerCase();
        const matching = batch.members.filter(
          (member) =>
            (state === null || member.state === state) &&
            (!wanted || member.contacts.join(" ").toLowerCase().includes(wanted)),
        );
        const rows = matching.slice(offset, offset + limit).map((member) => ({
          ...detail(batch, member),
          firstContact: member.contacts[0] ?? "",
          number: member.number,
        }));
        return { total: matching.length, rows };
      },
      pauseBatch(id: string): BatchView {
        const batch = of(id);
        const busy = batch.members.some(({ state }) => state === "sending");
        return busy
          ? counted(batch, { turning: "pausing" })
          : counted(batch, { state: "paused", why: "You paused it." });
      },
      resumeBatch: (id: string) =>
        counted(of(id), { state: "running", turning: null, why: "", resumesAtMs: null }),
      stopBatch(id: string): BatchView {
        const batch = of(id);
        counted(batch, { state: "running", turning: "stopping" });
        if (!batch.members.some(({ state }) => state === "sending")) step(batch);
        return batch.view;
      },
      resendRefused: (id: string, ids: string[] | null) => again(of(id), ids, ["refused"]),
      resendUnknown: (id: string, ids: string[]) => again(of(id), ids, ["unknown"]),
      cancelRequests(id: string, ids: string[] | null): number {
        const batch = of(id);
        const these = batch.members.filter(
          (one) => one.state === "planned" && (ids === null || ids.includes(one.id)),
        );
        for (const member of these) member.state = "cancelled";
        counted(batch);
        return these.length;
      },
      mendContact(request: string, contact: string, replacement: string): Mended {
        const found = memberOf(request);
        if (!found) throw problem("unknown-item", "no such request");
        const { batch, member } = found;
        if (!member.contacts.includes(contact)) {
          throw problem("invalid-field", "Nobody in this request has this contact.", "contact");
        }
        if (!/^\S+@\S+\.\S+$|^\+\d{8,15}$/.test(replacement.trim())) {
          throw problem(
            "invalid-field",
            "This is neither an email address nor a phone number with its country code.",
            "contact",
          );
        }
        const mended = replacement.trim();
        const corrected: Member = {
          id: crypto.randomUUID(),
          number: batch.members.length + 1,
          contacts: member.contacts.map((one) => (one === contact ? mended : one)),
          state: "planned",
          answer: "accepted",
        };
        member.state = "cancelled";
        batch.members = [...batch.members, corrected];
        counted(batch, { state: "running", turning: null, why: "", endedAtMs: null });
        return { request: corrected.id, number: corrected.number, contact: mended };
      },
    } satisfies Partial<Record<keyof Platform, unknown>>,
  };
}

function sum(members: Member[]): number {
  return members.reduce((people, { contacts }) => people + contacts.length, 0);
}
