/** Tries to open the ledger again, after the officer has done something about the reason. */
import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import { Button, ProblemCallout } from "../../components";
import { usePlatform } from "../../platform";
import styles from "../start/forms.module.css";
import { useOpened } from "./opened";

export function RetryButton() {
  const platform = usePlatform();
  const opened = useOpened();
  const retry = useMutation({ mutationFn: () => platform.retryKeyring(), onSuccess: opened });
  return (
    <>
      {retry.isError ? <ProblemCallout problem={asProblem(retry.error)} /> : null}
      <div className={styles.buttons}>
        <Button
          kind="primary"
          testId="retry-keyring"
          onPress={() => retry.mutate()}
          isPending={retry.isPending}
        >
          {retry.isPending ? <Trans>Trying…</Trans> : <Trans>Try again</Trans>}
        </Button>
      </div>
    </>
  );
}
