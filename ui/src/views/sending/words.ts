/** How a batch stands, in words. */
import type { MessageDescriptor } from "@lingui/core";
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
  { state: "cancelled", count: "cancelled", label: msg`Taken back` },
];

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
export function progressText(batch: BatchView): MessageDescriptor {
  const { people, counts } = batch;
  const asked = counts.accepted.people;
  const refused = counts.refused.people;
  const doubtful = counts.unknown.people;
  const head = msg`${asked} of ${plural(people, { one: "# person", other: "# people" })} asked`;
  if (refused > 0 && doubtful > 0) {
    return msg`${asked} of ${plural(people, { one: "# person", other: "# people" })} asked, ${refused} refused, ${doubtful} without a clear answer`;
  }
  if (refused > 0) {
    return msg`${asked} of ${plural(people, { one: "# person", other: "# people" })} asked, ${refused} refused`;
  }
  if (doubtful > 0) {
    return msg`${asked} of ${plural(people, { one: "# person", other: "# people" })} asked, ${doubtful} without a clear answer`;
  }
  return head;
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
