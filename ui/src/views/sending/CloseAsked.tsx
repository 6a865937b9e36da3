/** The window is to be closed while sending is under way: it goes on at the next start, or the window stays. */
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../../api/problems";
import type { CloseAsked as Asked } from "../../api/types";
import { ConfirmDialog, ProblemCallout } from "../../components";
import { usePlatform } from "../../platform";

export function CloseAsked() {
  const platform = usePlatform();
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked | null>(null);
  const leave = useMutation({ mutationFn: () => platform.leaveAndClose() });

  useEffect(() => platform.onCloseAsked(setAsked), [platform]);

  const left = plural(asked?.peopleLeft ?? 0, {
    one: "# person is left to be asked.",
    other: "# people are left to be asked.",
  });
  return (
    <ConfirmDialog
      open={asked !== null}
      title={t`Sending is under way`}
      confirmLabel={leave.isPending ? t`Closing…` : t`Close, go on at next start`}
      confirmTestId="close-anyway"
      cancelLabel={t`Keep open`}
      cancelTestId="keep-open"
      busy={leave.isPending}
      onClose={() => {
        setAsked(null);
        leave.reset();
      }}
      onConfirm={() => leave.mutate()}
    >
      <p>
        <strong>{left}</strong>{" "}
        <Trans>
          If you close Countersign now, what is under way comes to its end, and the rest goes on at
          the next start. Nobody is asked twice.
        </Trans>
      </p>
      {leave.isError ? <ProblemCallout problem={asProblem(leave.error)} /> : null}
    </ConfirmDialog>
  );
}
