/** The stand-in's reviews: made, looked through, tried, and sent. */
import type { Form, PreparedReview, RequestDetail, Review, Sent } from "../../api/types";
import type { Platform } from "../platform";
import { fakeCheck } from "./check";
import { fakeFormCheck, groupsOf, planIssues } from "./plan";
import {
  fakeRequest,
  fakeReview,
  fakeReviewRequest,
  problem,
  type Answer,
  type FakeConnection,
} from "./requests";

type To = FakeConnection & { id: string };

interface Reviewed {
  review: Review;
  form: Form;
  groups: string[][];
  to: To;
}

/** What of the stand-in a review reads and changes. */
interface Desk {
  contacts(): string[];
  leftOut(): number;
  connection(): To | undefined;
  answer(): Answer;
  keep(request: RequestDetail): void;
  begin(form: Form, groups: string[][], to: To): string;
  /** The form is empty again where its request was accepted, else it has a new key. */
  done(accepted: boolean): void;
}

const CONTACT = /^\S+@\S+\.\S+$|^\+\d{8,15}$/;

export function fakeReviewing(desk: Desk) {
  let reviews = new Map<string, Reviewed>();
  const reviewed = (id: string): Reviewed => {
    const planned = reviews.get(id);
    if (!planned) throw problem("review-gone", "the form was changed after the review");
    return planned;
  };
  const sent = ({ form, to }: Reviewed, number: number, contacts: string[]): RequestDetail => {
    const request = fakeReviewRequest(form, contacts, number, to);
    const detail = fakeRequest(request, form, contacts, to, desk.answer());
    desk.keep(detail);
    return detail;
  };

  const commands = {
    prepareReview(form: Form): PreparedReview {
      const contacts = desk.contacts();
      const [issue] = fakeFormCheck(form, contacts, fakeCheck(form, contacts)).issues;
      if (issue) throw problem("draft-has-issues", issue.message, issue.path);
      const to = desk.connection();
      if (!to) throw problem("secrets-missing", "no connection is chosen");
      const wrong = planIssues(form, contacts);
      if (wrong.length > 0) {
        return { review: null, issues: wrong.slice(0, 100), issueCount: wrong.length };
      }
      const review = fakeReview(form, contacts, desk.leftOut(), to);
      reviews = new Map([[review.id, { review, form, groups: groupsOf(contacts, form.plan), to }]]);
      return { review, issues: [], issueCount: 0 };
    },
    reviewRequest(id: string, number: number) {
      const { form, groups, to } = reviewed(id);
      const group = groups[number - 1];
      if (!group) throw problem("unknown-item", "no such request");
      return fakeReviewRequest(form, group, number, to);
    },
    reviewFind(id: string, contact: string) {
      const wanted = contact.trim().toLowerCase();
      const at = reviewed(id).groups.findIndex((group) =>
        group.some((one) => one.toLowerCase().includes(wanted)),
      );
      return at < 0 ? null : at + 1;
    },
    dryRun(id: string) {
      const { review, groups } = reviewed(id);
      return {
        requests: groups.length,
        people: review.people,
        bytes: groups.length * review.request.bytes,
        largest: review.request.bytes,
        connection: {
          status: 200,
          message: "The server accepted the keys.",
          serverDate: null,
          clockSkewMs: 120,
        },
        unreached: null,
      };
    },
    testSend(id: string, number: number, contact: string) {
      if (!CONTACT.test(contact.trim())) {
        throw problem("invalid-field", "Write an email address or a phone number.", "contact");
      }
      return sent(reviewed(id), number, [contact.trim()]);
    },
    send(id: string): Sent {
      const planned = reviewed(id);
      reviews.delete(id);
      const { form, groups, to } = planned;
      if (groups.length > 1) {
        const batch = desk.begin(form, groups, to);
        desk.done(true);
        return { request: null, batch };
      }
      const request = sent(planned, 1, groups[0] ?? []);
      desk.done(request.state === "accepted");
      return { request, batch: null };
    },
    cancelPlanning: () => null,
  } satisfies Partial<Record<keyof Platform, unknown>>;
  return { commands };
}
