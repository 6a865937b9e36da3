import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import type { RequestDetail } from "../../api/types";
import { Button, Callout, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { useRequestChanged } from "./pages";
import styles from "./Detail.module.css";

export function ExportReceipt({ request }: { request: RequestDetail }) {
  const platform = usePlatform();
  const announce = useAnnounce();
  const changed = useRequestChanged();
  const { t } = useLingui();
  const save = useMutation({
    mutationFn: () => platform.exportReceipt(request.id),
    onSuccess: (saved) => {
      if (!saved) return;
      announce(t`Saved to ${saved.path}`);
      changed(request.id);
    },
  });
  return (
    <>
      {save.data ? (
        <div className={styles.whole}>
          <Callout tone="good" testId="export-note">
            <p>
              <Trans>Saved to {save.data.path}</Trans>
            </p>
          </Callout>
        </div>
      ) : null}
      {save.isError ? (
        <div className={styles.whole}>
          <ProblemCallout problem={asProblem(save.error)} />
        </div>
      ) : null}
      <Button
        kind={request.state === "accepted" ? "primary" : "plain"}
        testId="export-receipt"
        onPress={() => save.mutate()}
        isPending={save.isPending}
      >
        <Trans>Export receipt…</Trans>
      </Button>
    </>
  );
}
