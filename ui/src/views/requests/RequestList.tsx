/** The list of requests: search, rows, and more of them on demand. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "../../api/problems";
import {
  Button,
  Empty,
  Loading,
  ProblemCallout,
  TextField,
  useAnnounce,
  useLater,
} from "../../components";
import { ExportPack } from "../../exports/ExportPack";
import { useRouter } from "../../router";
import { useRequestPages } from "./pages";
import { RequestRow } from "./RequestRow";
import styles from "./Requests.module.css";

const SEARCH_AFTER_MS = 250;

export function RequestList({ open }: { open?: string }) {
  const [typed, setTyped] = useState("");
  const search = useLater(typed.trim(), SEARCH_AFTER_MS);
  const pages = useRequestPages(search);
  const { navigate } = useRouter();
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const announce = useAnnounce();
  const total = pages.data?.pages.at(-1)?.total ?? 0;
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  // The same row can stand on two pages when a request was sent between them.
  const shown = rows.filter((row, at) => rows.findIndex((one) => one.id === row.id) === at);
  const settled = pages.isSuccess && !pages.isPlaceholderData;

  useEffect(() => {
    if (settled && search) announce(total === 1 ? t`1 request found` : t`${total} requests found`);
  }, [settled, search, total, announce, t]);

  const showMore = async () => {
    const before = shown.length;
    await pages.fetchNextPage();
    requestAnimationFrame(() => list.current?.querySelectorAll("button")[before]?.focus());
  };

  if (pages.isPending) return <Loading />;
  if (pages.isError) {
    return (
      <ProblemCallout problem={asProblem(pages.error)}>
        <div>
          <Button onPress={() => void pages.refetch()}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      </ProblemCallout>
    );
  }
  if (total === 0 && !search) {
    return (
      <Empty title={<Trans>No requests yet</Trans>} testId="requests-empty">
        <p>
          <Trans>What you send is listed here, with its answer and its receipt.</Trans>
        </p>
        <Button kind="primary" onPress={() => navigate("request")}>
          <Trans>New request</Trans>
        </Button>
      </Empty>
    );
  }
  return (
    <>
      <TextField
        path="requests-search"
        label={t`Search`}
        hint={t`By name, your reference, Humanos id or contact`}
        type="search"
        value={typed}
        onChange={setTyped}
      />
      <ExportPack
        offers={[
          search
            ? {
                scope: { kind: "search", search },
                title: t`What the search shows`,
                text: `“${search}”`,
              }
            : {
                scope: { kind: "search", search: "" },
                title: t`All requests`,
                text: t`Everything in the ledger`,
              },
        ]}
      />
      {total === 0 ? (
        <Empty title={<Trans>Nothing matches “{search}”</Trans>} testId="requests-no-match">
          <Button onPress={() => setTyped("")}>
            <Trans>Clear the search</Trans>
          </Button>
        </Empty>
      ) : (
        <>
          <ul
            className={styles.list}
            ref={list}
            data-testid="requests-list"
            aria-label={t`Requests`}
          >
            {shown.map((row) => (
              <RequestRow key={row.id} row={row} open={row.id === open} />
            ))}
          </ul>
          <p className={styles.soft}>
            <Trans>
              {shown.length} of <Plural value={total} one="# request" other="# requests" />
            </Trans>
          </p>
          {pages.hasNextPage ? (
            <div>
              <Button
                testId="requests-more"
                onPress={() => void showMore()}
                isPending={pages.isFetchingNextPage}
              >
                <Trans>Show more</Trans>
              </Button>
            </div>
          ) : null}
        </>
      )}
    </>
  );
}
