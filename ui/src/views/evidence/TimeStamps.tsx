/** Whether somebody else says when the ledger was as it is, and who. Off until the officer names an authority. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { Stamping } from "../../api/types";
import {
  Button,
  ErrorSummary,
  focusSoon,
  Loading,
  ProblemCallout,
  Section,
  TextField,
} from "../../components";
import { usePlatform } from "../../platform";
import styles from "./Evidence.module.css";

const FIELD = "timestampUrl";

export function TimeStamps() {
  const platform = usePlatform();
  const stamping = useQuery({ queryKey: KEYS.stamping, queryFn: () => platform.stamping() });
  return (
    <Section
      title={<Trans>Time stamps</Trans>}
      testId="time-stamps"
      hint={
        <Trans>
          The clock of this computer can be set by anyone who uses it. With a time stamp an
          authority of your choice confirms, in its own name, when the ledger stood as an export
          shows it.
        </Trans>
      }
    >
      {stamping.isPending ? <Loading /> : null}
      {stamping.isError ? (
        <ProblemCallout problem={asProblem(stamping.error)}>
          <div>
            <Button testId="timestamp-again" onPress={() => void stamping.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          </div>
        </ProblemCallout>
      ) : null}
      {stamping.data ? <StampingForm stamping={stamping.data} /> : null}
    </Section>
  );
}

function StampingForm({ stamping }: { stamping: Stamping }) {
  const platform = usePlatform();
  const client = useQueryClient();
  const { t } = useLingui();
  const [url, setUrl] = useState(stamping.url);
  const [blank, setBlank] = useState(false);
  const [asked, setAsked] = useState(0);
  const on = stamping.url !== "";
  const save = useMutation({
    mutationFn: (wanted: string) => platform.saveStamping(wanted),
    onSuccess: (saved) => {
      client.setQueryData(KEYS.stamping, saved);
      // Off, what stands in the field stays there to be turned on again.
      if (saved.url) setUrl(saved.url);
      else focusSoon(`[data-testid=${FIELD}]`);
    },
    onError: () => setAsked((times) => times + 1),
  });
  const problem = save.error && asProblem(save.error);
  const refused = problem?.field === FIELD ? problem.message : undefined;
  const error = blank ? t`Give the address of the authority` : refused;

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.reset();
        setBlank(url.trim() === "");
        if (url.trim() === "") setAsked((times) => times + 1);
        else save.mutate(url.trim());
      }}
    >
      <ErrorSummary lines={error ? [{ control: FIELD, message: error }] : []} asked={asked} />
      <p role="status" data-testid="timestamp-state" data-on={on}>
        {on ? (
          <Trans>
            <strong>On.</strong> At each export a hash of the ledger's head is sent to{" "}
            <code>
              <bdi>{stamping.url}</bdi>
            </code>
            . Nothing else goes with it: no receipt, no name, no contact.
          </Trans>
        ) : (
          <Trans>
            <strong>Off.</strong> Nothing is sent. Turned on, only a hash of the ledger's head
            leaves this computer, at each export, to the address below.
          </Trans>
        )}
      </p>
      <div className={styles.fields}>
        <TextField
          path={FIELD}
          label={t`Address of the authority`}
          hint={t`One that answers by RFC 3161, such as https://tsa.example.org/tsr. Ask your auditor whose word counts.`}
          type="url"
          value={url}
          error={error}
          onChange={(typed) => {
            setUrl(typed);
            setBlank(false);
            save.reset();
          }}
        />
      </div>
      {problem && !refused ? <ProblemCallout problem={problem} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" testId="timestamp-save" isPending={save.isPending}>
          {on ? <Trans>Save</Trans> : <Trans>Turn on</Trans>}
        </Button>
        {on ? (
          <Button
            testId="timestamp-off"
            isPending={save.isPending}
            onPress={() => {
              setBlank(false);
              save.mutate("");
            }}
          >
            <Trans>Turn off</Trans>
          </Button>
        ) : null}
      </div>
    </form>
  );
}
