/** Takes back the last change of the list, named in words. */
import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../../../api/problems";
import type { Problem } from "../../../api/types";
import { Button, useAnnounce } from "../../../components";
import { useListCommand } from "../list";
import { useListAtWork } from "./progress";
import { useHandover } from "./use-handover";

export function UndoButton(props: { label: string; onProblem: (problem: Problem | null) => void }) {
  const { label, onProblem } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const { busy } = useListAtWork();
  const box = useHandover<HTMLDivElement>();
  const undo = useListCommand(
    (platform) => platform.listUndo(),
    () => {
      onProblem(null);
      announce(t`Taken back: ${label}`);
    },
  );
  return (
    <div ref={box}>
      <Button
        testId="list-undo"
        isPending={busy || undo.isPending}
        onPress={() =>
          undo.mutate(undefined, { onError: (thrown) => onProblem(asProblem(thrown)) })
        }
      >
        <Trans>Undo: {label}</Trans>
      </Button>
    </div>
  );
}
