/** What follows an attempt to open the ledger: the shell with focus on its title, or the reason that remains. */
import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import { useStatusChanged } from "../../api/queries";
import type { Status } from "../../api/types";
import { useAnnounce } from "../../components";
import { useRouter } from "../../router";
import { LOCKS } from "./locks";

export function useOpened(): (status: Status) => void {
  const statusChanged = useStatusChanged();
  const announce = useAnnounce();
  const { place, navigate } = useRouter();
  const { i18n, t } = useLingui();
  return useCallback(
    (status) => {
      if (status.stage === "ready") {
        const { view, ...details } = place;
        navigate(view, details);
      } else if (status.lock) {
        const why = i18n._(LOCKS[status.lock].title);
        announce(t`Still locked. ${why}`);
      }
      statusChanged(status);
    },
    [statusChanged, announce, place, navigate, i18n, t],
  );
}
