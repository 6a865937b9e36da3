/** Sends the stored bytes again under the same key. */
import { Plural, Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import type { RequestDetail } from "../../api/types";
import { Button, ProblemCallout } from "../../components";
import { usePlatform } from "../../platform";
import { useRequestChanged } from "./pages";
import styles from "./Detail.module.css";

export function Retry({ request }: { request: RequestDetail }) {
  const platform = usePlatform();
  const changed = useRequestChanged();
  const retry = useMutation({
    mutationFn: () => platform.retry(request.id),
    onSuccess: (detail) => {
      changed(detail);
      document.querySelector<HTMLElement>("[data-testid=request-detail] h2")?.focus();
    },
    // The attempt may have been written down before it failed.
    onError: () => changed(request.id),
  });
  return (
    <>
      {retry.isError ? (
        <div className={styles.whole}>
          <ProblemCallout problem={asProblem(retry.error)} />
        </div>
      ) : null}
      <Button
        kind={request.practice ? "primary" : "live"}
        testId="retry-button"
        onPress={() => retry.mutate()}
        isPending={retry.isPending}
      >
        {retry.isPending ? (
          <Trans>Trying again…</Trans>
        ) : request.state === "planned" ? (
          <Trans>
            Send now (<Plural value={request.people} one="# person" other="# people" />)
          </Trans>
        ) : (
          <Trans>
            Try again (<Plural value={request.people} one="# person" other="# people" />)
          </Trans>
        )}
      </Button>
    </>
  );
}
