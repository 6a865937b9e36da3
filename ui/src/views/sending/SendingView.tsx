/** What is being sent to many: one batch, or a list to choose one from. */
import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../../api/problems";
import { useBatches } from "../../api/queries";
import { Button, Empty, Loading, ProblemCallout } from "../../components";
import { useRouter } from "../../router";
import { Screen } from "../../shell/Screen";
import { BatchList } from "./BatchList";
import { BatchScreen } from "./BatchScreen";

export function SendingView({ id }: { id?: string }) {
  const { t } = useLingui();
  const batches = useBatches();
  const { navigate } = useRouter();
  const all = batches.data ?? [];
  const only = all.length === 1 ? all[0] : undefined;
  const shown = id === undefined ? only : all.find((batch) => batch.id === id);

  if (shown) return <BatchScreen key={shown.id} batch={shown} several={all.length > 1} />;
  return (
    <Screen title={t`Sending`}>
      {batches.isPending ? <Loading /> : null}
      {batches.isError ? <ProblemCallout problem={asProblem(batches.error)} /> : null}
      {batches.isSuccess && id !== undefined ? (
        <p>
          <Trans>This is no longer there.</Trans>
        </p>
      ) : null}
      {batches.isSuccess && all.length === 0 ? (
        <Empty title={<Trans>Nothing is being sent</Trans>} testId="sending-empty">
          <p>
            <Trans>
              When a request goes to many people, you follow it here: who was asked, what was
              refused, and what needs you.
            </Trans>
          </p>
          <Button kind="primary" testId="sending-new-request" onPress={() => navigate("request")}>
            <Trans>New request</Trans>
          </Button>
        </Empty>
      ) : null}
      {all.length > 0 ? <BatchList batches={all} /> : null}
    </Screen>
  );
}
