/** The key with which this computer signs: how to know it, how to give it away, and how to replace it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { DeviceKeyView } from "../../api/types";
import {
  Button,
  ConfirmDialog,
  Loading,
  ProblemCallout,
  Section,
  useAnnounce,
} from "../../components";
import { SavedNote } from "../../exports/SavedNote";
import { usePlatform } from "../../platform";
import { Moment } from "../requests/Moment";
import styles from "./Evidence.module.css";

export function DeviceKey() {
  const platform = usePlatform();
  const key = useQuery({ queryKey: KEYS.deviceKey, queryFn: () => platform.deviceKey() });
  return (
    <Section
      title={<Trans>The key of this computer</Trans>}
      testId="device-key"
      hint={
        <Trans>
          It signs every receipt. Give its fingerprint to whoever checks your receipts, another way
          than the receipts themselves.
        </Trans>
      }
    >
      {key.isPending ? <Loading /> : null}
      {key.isError ? (
        <ProblemCallout problem={asProblem(key.error)}>
          <div>
            <Button testId="device-key-again" onPress={() => void key.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          </div>
        </ProblemCallout>
      ) : null}
      {key.data ? <Loaded view={key.data} /> : null}
    </Section>
  );
}

function Loaded({ view }: { view: DeviceKeyView }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    mutationFn: () => platform.exportDeviceKey(),
    onSuccess: (saved) => {
      if (saved) announce(t`Saved to ${saved.path}`);
    },
  });
  const rotate = useMutation({
    mutationFn: () => platform.rotateDeviceKey(),
    onSuccess: (fresh) => {
      client.setQueryData(KEYS.deviceKey, fresh);
      // What was saved is the key before.
      save.reset();
      announce(t`The key is replaced.`);
    },
    onSettled: () => setAsking(false),
  });
  const thrown = save.error ?? rotate.error;

  return (
    <>
      <dl className={styles.facts}>
        <dt>
          <Trans>Fingerprint</Trans>
        </dt>
        <dd>
          <code data-testid="device-key-fingerprint">{view.fingerprint}</code>
        </dd>
        <dt>
          <Trans>Key id</Trans>
        </dt>
        <dd>
          <code data-testid="device-key-kid">{view.kid}</code>
        </dd>
        <dt>
          <Trans>Made</Trans>
        </dt>
        <dd>
          <Moment atMs={view.madeAtMs} />
        </dd>
      </dl>
      <div className={styles.buttons}>
        <Button testId="export-device-key" isPending={save.isPending} onPress={() => save.mutate()}>
          <Trans>Export the public key…</Trans>
        </Button>
        <Button
          kind="danger"
          testId="rotate-device-key"
          isPending={rotate.isPending}
          onPress={() => setAsking(true)}
        >
          <Trans>Replace the key…</Trans>
        </Button>
      </div>
      {save.data ? <SavedNote saved={save.data} testId="device-key-note" /> : null}
      {thrown ? <ProblemCallout problem={asProblem(thrown)} /> : null}
      {view.former.length > 0 ? <Former keys={view.former} /> : null}
      <ConfirmDialog
        open={asking}
        kind="danger"
        title={t`Replace the key of this computer?`}
        confirmLabel={t`Replace the key`}
        confirmTestId="confirm-rotate"
        cancelLabel={t`Keep it`}
        cancelTestId="cancel-rotate"
        busy={rotate.isPending}
        onConfirm={() => rotate.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>
          <Trans>
            Receipts that were signed with it can still be checked: its public half stays in the
            ledger, and in each receipt.
          </Trans>
        </p>
        <p>
          <Trans>
            New receipts are signed with a new key. Whoever checks them needs its fingerprint.
          </Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}

function Former({ keys }: { keys: DeviceKeyView["former"] }) {
  const title = useId();
  return (
    <>
      <h3 id={title}>
        <Trans>Keys before it</Trans>
      </h3>
      <ul className={styles.list} aria-labelledby={title} data-testid="former-keys">
        {keys.map(({ kid, fingerprint, madeAtMs, retiredAtMs }) => (
          <li key={kid} className={styles.former}>
            <code>{fingerprint}</code>
            <span className={styles.soft}>
              <Trans>
                Made <Moment atMs={madeAtMs} />, replaced <Moment atMs={retiredAtMs} />
              </Trans>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
