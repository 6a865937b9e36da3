/** Who has fields, and what is odd about where they stand. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Placement } from "../../../api/types";
import { Callout } from "../../../components";
import type { Mark } from "./people";
import styles from "./Pages.module.css";

export interface PagesNotesProps {
  fields: readonly Placement[];
  count: number;
  shown: number;
  overlapping: readonly (readonly number[])[];
  marks: ReadonlyMap<string, Mark>;
}

/** So many pairs are named. */
const MOST_PAIRS = 5;

export function PagesNotes(props: PagesNotesProps) {
  const { fields, count, shown, overlapping, marks } = props;
  const { t } = useLingui();
  const pairs = overlapping.flatMap((others, index) =>
    others.filter((other) => other > index).map((other) => [index + 1, other + 1] as const),
  );
  const more = pairs.length - MOST_PAIRS;
  const beyond = fields.flatMap(({ pageIndex }, index) =>
    pageIndex >= count ? [{ number: index + 1, page: pageIndex + 1 }] : [],
  );

  return (
    <>
      {marks.size > 0 ? (
        <ul className={styles.people} aria-label={t`People with fields`}>
          {[...marks.values()].map(({ contact, initials, colour }) => (
            <li key={contact} data-colour={colour}>
              <span className={styles.initials} aria-hidden="true">
                {initials}
              </span>
              {contact || t`Nobody yet`}
            </li>
          ))}
        </ul>
      ) : null}
      {count > shown ? (
        <Callout tone="neutral" testId="pages-not-shown">
          <Trans>
            This document has {count} pages. The first {shown} are shown; put fields on the others
            by their numbers below.
          </Trans>
        </Callout>
      ) : null}
      {beyond.length > 0 ? (
        <Callout tone="warning" title={t`Not in this document`} testId="fields-beyond">
          <ul>
            {beyond.slice(0, MOST_PAIRS).map(({ number, page }) => (
              <li key={number}>
                <Trans>
                  Field {number} is on page {page}, but there are only {count}.
                </Trans>
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {pairs.length > 0 ? (
        <Callout tone="warning" title={t`Fields overlap`} testId="fields-overlap">
          <ul>
            {pairs.slice(0, MOST_PAIRS).map(([one, other]) => (
              <li key={`${one} ${other}`}>
                <Trans>
                  Fields {one} and {other}
                </Trans>
              </li>
            ))}
            {more > 0 ? (
              <li>
                <Trans>and {more} more</Trans>
              </li>
            ) : null}
          </ul>
        </Callout>
      ) : null}
    </>
  );
}
