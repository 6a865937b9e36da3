/** The request as the server will get it: address, headers, body, and the digest the receipt will name. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Review } from "../../api/types";
import { CopyBlock } from "../../components";
import styles from "./ReviewView.module.css";

export function ExactBytes({ review }: { review: Review }) {
  const { t } = useLingui();
  const head = [
    `${review.method} ${review.url}`,
    ...review.headers.map(([name, value]) => `${name}: ${value}`),
  ].join("\n");
  return (
    <>
      <h2>
        <Trans>Exactly what is sent</Trans>
      </h2>
      <CopyBlock text={head} label={t`Address and headers`} testId="review-headers" />
      <CopyBlock text={review.body} label={t`Body`} testId="review-body" />
      <p className={styles.digest}>
        SHA-256 <code data-testid="review-sha256">{grouped(review.sha256)}</code> ·{" "}
        <Plural value={review.bytes} one="# byte" other="# bytes" />
      </p>
    </>
  );
}

/** "5f2c91ab07de…" in groups of eight, as people compare them. */
export function grouped(digest: string): string {
  return digest.replace(/(.{8})(?=.)/g, "$1 ");
}
