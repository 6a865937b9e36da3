/** Removing what is ticked: by its button at once (it can be undone), by the Delete key after asking. */
import { plural } from "@lingui/core/macro";
import { Plural, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import { asProblem } from "../../../api/problems";
import type { ListAsk, Problem } from "../../../api/types";
import { ConfirmDialog, useAnnounce } from "../../../components";
import { useListCommand } from "../list";
import { useListAtWork } from "./progress";
import type { Selection } from "./selection";
import { refocusList } from "./use-handover";

interface Asked {
  count: number;
  all: boolean;
  ids: number[];
}

export interface Removal {
  /** Removes; more than one row only after a second step. */
  ask: () => void;
  now: () => void;
  waits: boolean;
  dialog: ReactNode;
}

export function useRemoval(
  selection: Selection,
  ask: ListAsk,
  /** What is shown is what was asked for: only then does "all" mean what the officer sees. */
  settled: boolean,
  onProblem: (problem: Problem | null) => void,
): Removal {
  const { t } = useLingui();
  const announce = useAnnounce();
  const { busy } = useListAtWork();
  const [asking, setAsking] = useState(false);
  const { count } = selection;
  const remove = useListCommand(
    (platform, { all, ids }: Asked) =>
      all ? platform.listRemoveShown(ask) : platform.listRemove(ids),
    (asked) => {
      onProblem(null);
      selection.clear();
      announce(plural(asked.count, { one: "# row removed.", other: "# rows removed." }));
      refocusList();
    },
  );
  const waits = busy || !settled || remove.isPending;

  const now = () => {
    setAsking(false);
    if (waits || count === 0) return;
    remove.mutate(
      { count, all: selection.all, ids: selection.ids() },
      { onError: (thrown) => onProblem(asProblem(thrown)) },
    );
  };

  const dialog = (
    <ConfirmDialog
      open={asking}
      title={plural(count, { one: "Remove # row?", other: "Remove # rows?" })}
      confirmLabel={t`Remove`}
      confirmTestId="confirm-remove"
      cancelLabel={t`Keep them`}
      kind="danger"
      onClose={() => setAsking(false)}
      onConfirm={now}
    >
      <p>
        <Plural
          value={count}
          one="# row goes from the list. Your file stays as it is, and Undo brings the row back."
          other="# rows go from the list. Your files stay as they are, and Undo brings the rows back."
        />
      </p>
    </ConfirmDialog>
  );
  return { ask: () => (count > 1 ? setAsking(true) : now()), now, waits, dialog };
}
