/** The webhook secrets of a connection: put in by a dialog, seen again by their last characters only. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { ConnectionView } from "../../api/types";
import { Button, ConfirmDialog, focusSoon, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { WebhookDialog } from "./WebhookDialog";

export function Webhook({ connection }: { connection: ConnectionView }) {
  const { id, name, webhook } = connection;
  const platform = usePlatform();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { t } = useLingui();
  const [open, setOpen] = useState<"form" | "remove" | null>(null);
  const button = `connection-${id}-webhook`;

  const saved = (all: ConnectionView[]) => client.setQueryData(KEYS.connections, all);
  const remove = useMutation({
    mutationFn: () => platform.removeWebhook(id),
    onSuccess: (all) => {
      saved(all);
      announce(t`The webhook secrets of ${name} are removed.`);
      // The button that was pressed is gone.
      focusSoon(`[data-testid="${CSS.escape(button)}"]`);
    },
    onSettled: () => setOpen(null),
  });

  return (
    <>
      <Button
        testId={button}
        aria-label={t`Webhook secrets of ${name}…`}
        onPress={() => setOpen("form")}
      >
        <Trans>Webhook secrets…</Trans>
      </Button>
      {webhook ? (
        <Button
          kind="danger"
          testId={`${button}-remove`}
          aria-label={t`Remove webhook secrets of ${name}…`}
          onPress={() => setOpen("remove")}
        >
          <Trans>Remove webhook secrets…</Trans>
        </Button>
      ) : null}
      {remove.isError ? <ProblemCallout problem={asProblem(remove.error)} /> : null}
      {open === "form" ? (
        <WebhookDialog
          connection={connection}
          onSaved={(all) => {
            saved(all);
            announce(t`The webhook secrets of ${name} are saved.`);
            setOpen(null);
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
      <ConfirmDialog
        open={open === "remove"}
        title={t`Remove the webhook secrets of ${name}?`}
        confirmLabel={t`Remove`}
        confirmTestId={`${button}-remove-confirm`}
        cancelLabel={t`Keep them`}
        cancelTestId={`${button}-remove-cancel`}
        kind="danger"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setOpen(null)}
      >
        <p>
          <Trans>
            They are deleted from this computer. Webhooks that are open already stay readable; new
            ones cannot be opened.
          </Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
