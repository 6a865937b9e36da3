/** One connection as it is kept: never its secrets, only their ends and fingerprints. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asProblem } from "../../api/problems";
import type { ConnectionView } from "../../api/types";
import { Badge, Button, ConfirmDialog, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { PaceForm } from "../sending/PaceForm";
import { ConnectionFacts } from "./ConnectionFacts";
import { TestResult } from "./TestResult";
import { Webhook } from "./Webhook";
import { clockWords } from "./words";
import styles from "./Settings.module.css";

export interface ConnectionItemProps {
  connection: ConnectionView;
  onEdit: () => void;
  /** Its pace is being changed. */
  pacing: boolean;
  onPace: () => void;
  onPaceDone: () => void;
  onChanged: () => Promise<void>;
  onRemoved: () => Promise<void>;
}

export function ConnectionItem(props: ConnectionItemProps) {
  const { connection, onEdit, onChanged, onRemoved } = props;
  const { id, name, practice, current } = connection;
  const platform = usePlatform();
  const { useConnection: choose } = platform;
  const announce = useAnnounce();
  const { t, i18n } = useLingui();
  const title = useId();
  const [removing, setRemoving] = useState(false);

  const use = useMutation({
    mutationFn: choose,
    onSuccess: async () => {
      await onChanged();
      announce(t`New requests now go to ${name}.`);
      // The button that was pressed is gone.
      document.querySelector<HTMLElement>(`[data-testid="connection-${id}-test"]`)?.focus();
    },
  });
  const test = useMutation({
    mutationFn: () => platform.testConnection(id),
    onSuccess: ({ message, clockSkewMs }) => {
      const clock = clockSkewMs === null ? "" : i18n._(clockWords(clockSkewMs).text);
      announce(`${message} ${clock}`);
    },
  });
  const remove = useMutation({
    mutationFn: () => platform.removeConnection(id),
    onSuccess: async () => {
      setRemoving(false);
      await onRemoved();
    },
    onError: () => setRemoving(false),
  });
  const thrown = use.error ?? test.error ?? remove.error;

  return (
    <article className={styles.item} data-testid={`connection-${id}`} aria-labelledby={title}>
      <div className={styles.head}>
        <h3 id={title}>{name}</h3>
        {current ? (
          <Badge tone="good">
            <Trans>In use</Trans>
          </Badge>
        ) : null}
      </div>
      <ConnectionFacts connection={connection} />
      <div className={styles.buttons}>
        {current ? null : (
          <Button
            testId={`connection-${id}-use`}
            aria-label={t`Use ${name}`}
            onPress={() => use.mutate(id)}
            isPending={use.isPending}
          >
            <Trans>Use</Trans>
          </Button>
        )}
        <Button
          testId={`connection-${id}-test`}
          aria-label={t`Test ${name}`}
          onPress={() => test.mutate()}
          isPending={test.isPending}
        >
          {test.isPending ? <Trans>Testing…</Trans> : <Trans>Test</Trans>}
        </Button>
        {props.pacing ? null : (
          <Button
            testId={`connection-${id}-pace`}
            aria-label={t`Change the pace of ${name}`}
            onPress={props.onPace}
          >
            <Trans>Pace…</Trans>
          </Button>
        )}
        {practice ? null : (
          <>
            <Webhook connection={connection} />
            <Button testId={`connection-${id}-edit`} aria-label={t`Edit ${name}`} onPress={onEdit}>
              <Trans>Edit</Trans>
            </Button>
            <Button
              kind="danger"
              testId={`connection-${id}-remove`}
              aria-label={t`Remove ${name}`}
              onPress={() => setRemoving(true)}
            >
              <Trans>Remove…</Trans>
            </Button>
          </>
        )}
      </div>
      {props.pacing ? (
        <PaceForm connection={id} pace={connection.pace} onDone={props.onPaceDone} />
      ) : null}
      {test.data ? <TestResult result={test.data} /> : null}
      {thrown ? <ProblemCallout problem={asProblem(thrown)} /> : null}
      <ConfirmDialog
        open={removing}
        title={t`Remove ${name}?`}
        confirmLabel={t`Remove`}
        confirmTestId={`connection-${id}-remove-confirm`}
        cancelLabel={t`Keep it`}
        cancelTestId={`connection-${id}-remove-cancel`}
        kind="danger"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      >
        <p>
          <Trans>
            Its keys are deleted from this computer. Requests sent with it stay in the ledger, but
            cannot be tried again.
          </Trans>
        </p>
        {current ? (
          <p>
            <Trans>It is in use: new requests will go to Practice.</Trans>
          </p>
        ) : null}
      </ConfirmDialog>
    </article>
  );
}
