/** Sends the stored bytes again under the same key. */
import { Plural, Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import type { RequestDetail } from "../../api/types";
import { Button, ProblemCallout } from "../../components";
import { usePlatform } from "../../platform";
import { useFormStore } from "../request/FormProvider";
import { useListChanged } from "../request/list";
import { useRequestChanged } from "./pages";
import styles from "./Detail.module.css";

export function Retry({ request }: { request: RequestDetail }) {
  const platform = usePlatform();
  const store = useFormStore();
  const changed = useRequestChanged();
  const listChanged = useListChanged();
  const retry = useMutation({
    mutationFn: async () => {
      // The shell empties a form that asks for exactly this; it must know the form as it is.
      await store.flush();
      const detail = await platform.retry(request.id);
      if (detail.state === "accepted") {
        await store.reload();
        listChanged(await platform.listSummary());
      }
      return detail;
    },
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
