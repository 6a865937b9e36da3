/** Says why the keyring cannot be used and asks it again when the officer has done something about it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import { useStatusChanged } from "../../api/queries";
import type { KeyringState } from "../../api/types";
import { Button, Callout, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./forms.module.css";
import { KEYRING } from "./keyring";

export function KeyringCallout({ keyring }: { keyring: KeyringState }) {
  const platform = usePlatform();
  const statusChanged = useStatusChanged();
  const announce = useAnnounce();
  const { i18n, t } = useLingui();
  const retry = useMutation({
    mutationFn: () => platform.retryKeyring(),
    onSuccess: (status) => {
      statusChanged(status);
      announce(
        status.keyring === "available"
          ? t`The keyring can be used now.`
          : i18n._(KEYRING[status.keyring].title),
      );
    },
  });
  if (keyring === "available") return null;
  const words = KEYRING[keyring];
  return (
    <Callout tone="warning" title={i18n._(words.title)} testId="keyring-message">
      <p>{i18n._(words.text)}</p>
      <div className={styles.buttons}>
        <Button testId="retry-keyring" onPress={() => retry.mutate()} isPending={retry.isPending}>
          {retry.isPending ? <Trans>Asking the keyring…</Trans> : <Trans>Try again</Trans>}
        </Button>
      </div>
      {retry.isError ? <ProblemCallout problem={asProblem(retry.error)} /> : null}
    </Callout>
  );
}
