/** What can be done with exactly the requests that are ticked. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import { asProblem } from "../../api/problems";
import type { BatchView } from "../../api/types";
import { Button, ConfirmDialog, focusSoon, ProblemCallout, useAnnounce } from "../../components";
import { ExportPack } from "../../exports/ExportPack";
import { useBatchCommand } from "./batches";
import styles from "./BatchTable.module.css";
import { ConfirmUnknown } from "./ResendUnknown";
import { putBackText } from "./words";
import type { RequestSelection, Ticked } from "./use-request-selection";

type Asking = "cancel" | "unknown" | null;

export function SelectedActions(props: { batch: BatchView; selection: RequestSelection }) {
  const { batch, selection } = props;
  const { t, i18n } = useLingui();
  const announce = useAnnounce();
  const why = useId();
  const [asking, setAsking] = useState<Asking>(null);
  const waiting = selection.of(["planned", "not-sent"]);
  const refused = selection.of(["refused"]);
  const unknown = selection.of(["unknown"]);
  const again = refused.length + unknown.length;

  const done = (count: number, said: string) => {
    announce(said);
    if (count > 0) selection.clear();
    focusSoon("#batch-requests-title");
  };
  const cancel = useBatchCommand(
    batch.id,
    (platform, ids: string[]) => platform.cancelRequests(batch.id, ids),
    (count, ids) => {
      const said = plural(count, {
        one: "# request is not sent.",
        other: "# requests are not sent.",
      });
      const late = ids.length - count;
      done(count, late > 0 ? t`${said} The others were under way already.` : said);
    },
  );
  const resend = useBatchCommand(
    batch.id,
    async (platform, ids: { refused: string[]; unknown: string[] }) => {
      const some = ids.refused.length > 0 ? await platform.resendRefused(batch.id, ids.refused) : 0;
      const more = ids.unknown.length > 0 ? await platform.resendUnknown(batch.id, ids.unknown) : 0;
      return some + more;
    },
    (count) => done(count, putBackText(count)),
  );
  const sendAgain = () => resend.mutate({ refused: idsOf(refused), unknown: idsOf(unknown) });
  const thrown = cancel.error ?? resend.error;

  if (selection.count === 0 && !thrown) return null;
  return (
    <div className={styles.selection} role="group" aria-label={t`Selected requests`}>
      <strong role="status" data-testid="batch-selected">
        <Plural value={selection.count} one="# selected" other="# selected" />
      </strong>
      <Button kind="quiet" testId="batch-select-none" onPress={selection.clear}>
        <Trans>Clear selection</Trans>
      </Button>
      <Button
        kind="danger"
        testId="cancel-selected"
        isPending={waiting.length === 0 || cancel.isPending}
        aria-describedby={waiting.length === 0 ? why : undefined}
        onPress={() => setAsking("cancel")}
      >
        <Trans>Do not send ({i18n.number(waiting.length)})…</Trans>
      </Button>
      <Button
        testId="resend-selected"
        isPending={again === 0 || resend.isPending}
        aria-describedby={again === 0 ? why : undefined}
        onPress={() => (unknown.length > 0 ? setAsking("unknown") : sendAgain())}
      >
        <Trans>Send again ({i18n.number(again)})</Trans>
      </Button>
      <ExportPack
        inBar
        testId="export-selected"
        label={<Trans>Export these…</Trans>}
        offers={[
          {
            scope: { kind: "requests", ids: selection.ids() },
            title: t`The selected requests`,
            text: batch.name,
          },
        ]}
      />
      <p id={why} className={styles.soft}>
        {waiting.length === 0 && again === 0 ? (
          <Trans>None of these is waiting, refused or without an answer.</Trans>
        ) : waiting.length === 0 ? (
          <Trans>Only requests that wait can be taken back.</Trans>
        ) : again === 0 ? (
          <Trans>Only refused requests, and those without an answer, can be sent again.</Trans>
        ) : null}
      </p>
      {thrown ? <ProblemCallout problem={asProblem(thrown)} /> : null}
      <ConfirmDialog
        open={asking === "cancel"}
        kind="danger"
        title={t`Do not send these?`}
        confirmLabel={t`Do not send`}
        confirmTestId="confirm-cancel-selected"
        cancelLabel={t`Keep them`}
        cancelTestId="keep-selected"
        onClose={() => setAsking(null)}
        onConfirm={() => {
          setAsking(null);
          cancel.mutate(idsOf(waiting));
        }}
      >
        <p>
          <strong>
            <Plural
              value={peopleOf(waiting)}
              one="# person is not asked."
              other="# people are not asked."
            />
          </strong>{" "}
          <Trans>They can only be asked by a new request.</Trans>
        </p>
      </ConfirmDialog>
      <ConfirmUnknown
        open={asking === "unknown"}
        requests={unknown.length}
        people={peopleOf(unknown)}
        onClose={() => setAsking(null)}
        onConfirm={() => {
          setAsking(null);
          sendAgain();
        }}
      />
    </div>
  );
}

function idsOf(ticked: readonly Ticked[]): string[] {
  return ticked.map(({ id }) => id);
}

function peopleOf(ticked: readonly Ticked[]): number {
  return ticked.reduce((sum, { people }) => sum + people, 0);
}
