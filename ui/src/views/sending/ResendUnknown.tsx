/** The officer's own decision: sent again although it may have arrived. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import type { BatchView, FailureGroup } from "../../api/types";
import { Button, ConfirmDialog, ProblemCallout, useAnnounce } from "../../components";
import { useBatchCommand } from "./batches";
import { readAll } from "./read-all";
import { putBackText } from "./words";

export function ResendUnknown(props: {
  batch: BatchView;
  group: FailureGroup;
  alone: boolean;
  onChoose: () => void;
}) {
  const { batch, group, alone, onChoose } = props;
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const resend = useBatchCommand(
    batch.id,
    async (platform) => {
      if (group.requests === 1) return platform.resendUnknown(batch.id, [group.first.id]);
      const rows = await readAll(platform, { id: batch.id, state: "unknown", search: "" });
      const ids = rows.map(({ id }) => id);
      return platform.resendUnknown(batch.id, ids);
    },
    (count) => announce(putBackText(count)),
  );
  if (group.requests > 1 && !alone) {
    return (
      <Button testId="choose-these" onPress={onChoose}>
        <Trans>Choose which to send again</Trans>
      </Button>
    );
  }
  return (
    <>
      <Button testId="resend-unknown" isPending={resend.isPending} onPress={() => setAsking(true)}>
        <Trans>Send again anyway…</Trans>
      </Button>
      {resend.isError ? <ProblemCallout problem={asProblem(resend.error)} /> : null}
      <ConfirmUnknown
        open={asking}
        requests={group.requests}
        people={group.people}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          resend.mutate();
        }}
      />
    </>
  );
}

export function ConfirmUnknown(props: {
  open: boolean;
  requests: number;
  people: number;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useLingui();
  const people = <Plural value={props.people} one="# person" other="# people" />;
  return (
    <ConfirmDialog
      open={props.open}
      kind="danger"
      title={t`Send again anyway?`}
      confirmLabel={t`Send again`}
      confirmTestId="confirm-resend-unknown"
      cancelLabel={t`Not yet`}
      cancelTestId="cancel-resend-unknown"
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <p>
        <strong>
          <Trans>{people} may be asked twice.</Trans>
        </strong>{" "}
        <Trans>
          It may have arrived the first time. It goes under the same key, but Humanos may have
          forgotten that key by now.
        </Trans>
      </p>
      <p>
        <Trans>
          If you wait, Countersign looks it up on the server first and sends it only if it is not
          there.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}
