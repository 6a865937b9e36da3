/** Any request of the review: from one to the next, or the one that asks a certain person. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { Review, ReviewRequest } from "../../api/types";
import { Button, ProblemCallout, TextField, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { ExactBytes } from "./ExactBytes";
import styles from "./ReviewView.module.css";

export interface Shown {
  number: number;
  show: (number: number) => void;
}

export function Requests({ review, shown }: { review: Review; shown: Shown }) {
  const { t, i18n } = useLingui();
  const platform = usePlatform();
  const { number, show } = shown;
  const { requests } = review;
  const asked = useQuery({
    queryKey: [...KEYS.reviewRequest, review.id, number],
    queryFn: () => platform.reviewRequest(review.id, number),
    initialData: number === 1 ? review.request : undefined,
    placeholderData: keepPreviousData,
  });
  const all = i18n.number(requests);
  const request = asked.data ?? review.request;
  useShownSaid(asked.isPlaceholderData ? null : request, all);

  return (
    <>
      <div className={styles.requestBar}>
        <h2>
          <Trans>Exactly what is sent</Trans>
          {requests > 1 ? (
            <span className={styles.which} data-testid="review-which">
              {" · "}
              <Trans>
                request {i18n.number(request.number)} of {all}
              </Trans>
            </span>
          ) : null}
        </h2>
        {requests > 1 ? (
          // Kept in place and focusable at the ends, so that the focus is not lost there.
          <div className={styles.paging}>
            <Button
              testId="review-previous"
              aria-label={t`Previous request`}
              isPending={number <= 1}
              onPress={() => show(number - 1)}
            >
              <span aria-hidden="true">‹</span>
            </Button>
            <Button
              testId="review-next"
              aria-label={t`Next request`}
              isPending={number >= requests}
              onPress={() => show(number + 1)}
            >
              <span aria-hidden="true">›</span>
            </Button>
          </div>
        ) : null}
      </div>
      {requests > 1 ? <Find review={review} onFound={show} /> : null}
      {asked.isError ? <ProblemCallout problem={asProblem(asked.error)} /> : null}
      {requests > 1 ? (
        <p className={styles.digest} data-testid="review-contacts">
          <Whom request={request} />
        </p>
      ) : null}
      <ExactBytes request={request} />
    </>
  );
}

function Whom({ request }: { request: ReviewRequest }) {
  const named = request.contacts.slice(0, 2);
  const more = request.people - named.length;
  return (
    <>
      {named.join(", ")}
      {more > 0 ? (
        <>
          {" "}
          <Plural value={more} one="and # more" other="and # more" />
        </>
      ) : null}
    </>
  );
}

function Find({ review, onFound }: { review: Review; onFound: (number: number) => void }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const announce = useAnnounce();
  const [typed, setTyped] = useState("");
  const find = useMutation({
    mutationFn: (contact: string) => platform.reviewFind(review.id, contact),
    onSuccess: (number, contact) => {
      if (number !== null) return onFound(number);
      announce(t`No request asks “${contact}”.`);
    },
  });
  const wanted = typed.trim();
  const missed = find.data === null && find.variables === wanted;
  return (
    <form
      className={styles.find}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) find.mutate(wanted);
      }}
    >
      <TextField
        path="review-find"
        label={t`Find the request of a contact`}
        type="search"
        value={typed}
        error={missed ? t`No request asks “${wanted}”.` : undefined}
        onChange={setTyped}
      />
      <Button type="submit" testId="review-find-button" isPending={find.isPending}>
        <Trans>Find</Trans>
      </Button>
      {find.isError ? <ProblemCallout problem={asProblem(find.error)} /> : null}
    </form>
  );
}

/** Whoever pages by keyboard hears where they are; the first one is no news. */
function useShownSaid(request: ReviewRequest | null, all: string) {
  const announce = useAnnounce();
  const { t } = useLingui();
  const last = useRef(1);
  useEffect(() => {
    if (!request || request.number === last.current) return;
    last.current = request.number;
    const people = plural(request.people, { one: "# person", other: "# people" });
    announce(t`Request ${request.number} of ${all}: ${people}`);
  }, [request, all, announce, t]);
}
