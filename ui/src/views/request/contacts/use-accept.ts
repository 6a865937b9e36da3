/** Takes a suggestion, for one row or for all rows alike. */
import { plural } from "@lingui/core/macro";
import type { Reason, Row } from "../../../api/types";
import { useAnnounce } from "../../../components";
import { useListCommand } from "../list";
import { useListAtWork } from "./progress";

export function useAccept(row: Row) {
  const announce = useAnnounce();
  const { busy } = useListAtWork();
  const command = useListCommand((platform, asked: { reason: Reason; alike: boolean }) =>
    platform.listAccept(row.id, asked.reason.code, asked.alike),
  );
  const accept = (reason: Reason, alike: boolean) => {
    if (busy || command.isPending) return;
    const rows = alike ? reason.alike : 1;
    command.mutate(
      { reason, alike },
      {
        onSuccess: () =>
          announce(plural(rows, { one: "# row corrected.", other: "# rows corrected." })),
      },
    );
  };
  return { accept, error: command.error };
}
