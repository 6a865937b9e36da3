/** A request as the server will get it: address, headers, body, and the digest the receipt will name. */
import { Plural, useLingui } from "@lingui/react/macro";
import type { ReviewRequest } from "../../api/types";
import { CopyBlock } from "../../components";
import styles from "./ReviewView.module.css";

export function ExactBytes({ request }: { request: ReviewRequest }) {
  const { t } = useLingui();
  const head = [
    `${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ].join("\n");
  return (
    <>
      <CopyBlock text={head} label={t`Address and headers`} testId="review-headers" />
      <CopyBlock text={request.body} label={t`Body`} testId="review-body" />
      <p className={styles.digest}>
        SHA-256 <code data-testid="review-sha256">{grouped(request.sha256)}</code> ·{" "}
        <Plural value={request.bytes} one="# byte" other="# bytes" />
      </p>
    </>
  );
}

/** "5f2c91ab07de…" in groups of eight, as people compare them. */
export function grouped(digest: string): string {
  return digest.replace(/(.{8})(?=.)/g, "$1 ");
}
