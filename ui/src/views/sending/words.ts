/** How a batch stands, in words. */
import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import type { BatchCounts, BatchState, BatchView, RequestState } from "../../api/types";
import type { Tone } from "../../components";

export interface StateChip {
  state: RequestState;
  count: keyof BatchCounts;
  label: MessageDescriptor;
  /** Shown also where there is none. */
  always?: boolean;
}

export const STATE_CHIPS: readonly StateChip[] = [
  { state: "accepted", count: "accepted", label: msg`Accepted`, always: true },
  { state: "refused", count: "refused", label: msg`Refused`, always: true },
  { state: "unknown", count: "unknown", label: msg`Unknown`, always: true },
  { state: "not-sent", count: "notSent", label: msg`Not sent` },
  { state: "sending", count: "sending", label: msg`Sending` },
  { state: "planned", count: "planned", label: msg`Waiting`, always: true },
  { state: "cancelled", count: "cancelled", label: msg`Cancelled` },
];

/** The state of a request as the chips call it; one this version does not know as it is. */
export function shortState(state: RequestState): MessageDescriptor {
  const chip = STATE_CHIPS.find((one) => one.state === state);
  return chip?.label ?? { id: state, message: state };
}

const STATES: Record<BatchState, { tone: Tone; badge: MessageDescriptor }> = {
  running: { tone: "neutral", badge: msg`Sending` },
  paused: { tone: "warning", badge: msg`Paused` },
  finished: { tone: "good", badge: msg`Finished` },
  stopped: { tone: "neutral", badge: msg`Stopped` },
};

export function batchState(batch: BatchView): { tone: Tone; badge: MessageDescriptor } {
  if (batch.turning === "pausing") return { tone: "warning", badge: msg`Pausing…` };
  if (batch.turning === "stopping") return { tone: "warning", badge: msg`Stopping…` };
  if (batch.state === "finished" && troubled(batch) > 0) {
    return { tone: "warning", badge: msg`Finished, needs you` };
  }
  return STATES[batch.state];
}

/** Requests that did not come to a good end. */
export function troubled({ counts }: BatchView): number {
  return counts.refused.requests + counts.unknown.requests + counts.notSent.requests;
}

/** "731 of 1,190 people asked, 20 refused, 20 without a clear answer" */
export function progressText({ people, counts }: BatchView, i18n: I18n): string {
  const asked = i18n.number(counts.accepted.people);
  const all = plural(people, { one: "# person", other: "# people" });
  const refused = i18n.number(counts.refused.people);
  const doubtful = i18n.number(counts.unknown.people);
  const parts = [
    i18n._(msg`${asked} of ${all} asked`),
    counts.refused.people > 0 ? i18n._(msg`${refused} refused`) : null,
    counts.unknown.people > 0 ? i18n._(msg`${doubtful} without a clear answer`) : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

export function putBackText(count: number): string {
  return plural(count, {
    one: "# request is put back to be sent.",
    other: "# requests are put back to be sent.",
  });
}

/** What is to be said of a change; null where the numbers alone changed. */
export function changeWords(before: BatchView, now: BatchView): MessageDescriptor | null {
  const { name } = now;
  if (before.state === now.state) {
    if (before.turning === now.turning || now.turning === null) return null;
    return now.turning === "pausing" ? msg`Pausing: ${name}.` : msg`Stopping: ${name}.`;
  }
  const asked = now.counts.accepted.people;
  switch (now.state) {
    case "running":
      return msg`Sending goes on: ${name}.`;
    case "paused":
      return now.why ? msg`Paused: ${name}. ${now.why}` : msg`Paused: ${name}.`;
    case "finished":
      return msg`Finished: ${name}. ${plural(asked, { one: "# person was asked.", other: "# people were asked." })}`;
    case "stopped":
      return msg`Stopped: ${name}. ${plural(asked, { one: "# person was asked.", other: "# people were asked." })}`;
  }
}
