/** The reviewed request in words: whom and where to are said by the review itself, which knows the bytes. */
import { plural } from "@lingui/core/macro";
import { Plural, useLingui } from "@lingui/react/macro";
import { useCurrentConnection } from "../../api/queries";
import type { Form, Review } from "../../api/types";
import { Section } from "../../components";
import { useSummary } from "../request/list";
import { Words } from "../request/Rail";
import { useWords } from "../request/words";
import { aboutSeconds } from "../sending/durations";

export function InWords({ review, form }: { review: Review; form: Form }) {
  const { t } = useLingui();
  const lines = useWords(form, useSummary().data, useCurrentConnection());
  const between = lines.slice(1, -1);
  const sentAs = useSentAs(review, form);
  return (
    <Section title={t`In words`}>
      <p data-testid="review-people">
        <strong>
          <Plural value={review.people} one="# person is asked" other="# people are asked" />
        </strong>
        {review.leftOut > 0 ? (
          <>
            {" · "}
            <Plural value={review.leftOut} one="# row left out" other="# rows left out" />
          </>
        ) : null}
      </p>
      <Words
        lines={[
          ...between,
          {
            label: t`Connection`,
            text: review.practice
              ? t`Practice, on this computer: nobody receives a message`
              : t`${review.connectionName}: real people are asked`,
          },
          { label: t`Sent as`, text: sentAs },
        ]}
      />
    </Section>
  );
}

/** "60 requests of up to 20 people, 60 a minute, about 1 min" */
function useSentAs(review: Review, { plan }: Form): string {
  const { t, i18n } = useLingui();
  const { requests, splitRequests, pace } = review;
  const many = plural(requests, { one: "# request", other: "# requests" });
  if (requests === 1) return many;
  const size = plan.groupSize;
  const ways = {
    together: many,
    each: t`${many}, one for each person`,
    groups: t`${many} of up to ${size} people`,
    column: t`${many}, by “${plan.groupColumn}”`,
  };
  const split =
    splitRequests > 0
      ? plural(splitRequests, {
          one: "# of them only because people need different values",
          other: "# of them only because people need different values",
        })
      : null;
  const minute = i18n.number(pace.perMinute);
  const parts = [
    ways[plan.sendMode],
    split,
    t`${minute} a minute`,
    aboutSeconds(review.seconds, i18n),
  ];
  return parts.filter((part) => part !== null).join(", ");
}
