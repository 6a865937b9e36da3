/** What came of an export: where it is, what is in it, and what the officer should know of it. */
import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Exported } from "../api/types";
import { Button, Callout } from "../components";
import { useRouter } from "../router";
import styles from "./Exports.module.css";
import { SavedNote } from "./SavedNote";

export interface ExportedNotesProps {
  saved: Exported;
  of: "receipt" | "pack";
  /** What the notes are named after. */
  testId: string;
}

export function ExportedNotes({ saved, of, testId }: ExportedNotesProps) {
  const { requests, leftOut, stampProblem, damageCount } = saved;
  return (
    <div className={styles.notes} data-testid={`${testId}-note`}>
      <SavedNote saved={saved} testId={`${testId}-saved`}>
        {of === "pack" ? (
          <p>
            <Plural value={requests} one="It holds # request." other="It holds # requests." />
          </p>
        ) : null}
      </SavedNote>
      {leftOut > 0 ? <LeftOutNote count={leftOut} testId={`${testId}-left-out`} /> : null}
      {stampProblem === null ? null : <StampNote why={stampProblem} testId={`${testId}-stamp`} />}
      {damageCount > 0 ? (
        <DamageNote count={damageCount} of={of} testId={`${testId}-damage`} />
      ) : null}
    </div>
  );
}

function LeftOutNote({ count, testId }: { count: number; testId: string }) {
  return (
    <EvidenceNote
      testId={testId}
      title={
        <Plural
          value={count}
          one="Of # request no receipt can be made"
          other="Of # requests no receipt can be made"
        />
      }
    >
      <Plural
        value={count}
        one="The file does not hold it. Check the ledger: “Evidence” names what is damaged."
        other="The file does not hold them. Check the ledger: “Evidence” names what is damaged."
      />
    </EvidenceNote>
  );
}

/** What was saved is whole, but other parts of the ledger are not as they were. */
function DamageNote(props: { count: number; of: "receipt" | "pack"; testId: string }) {
  const { count, of, testId } = props;
  return (
    <EvidenceNote
      testId={testId}
      title={
        <Plural
          value={count}
          one="The ledger has # damaged place"
          other="The ledger has # damaged places"
        />
      }
    >
      {of === "receipt" ? (
        <Plural
          value={count}
          one="The events in this receipt are as they were written. “Evidence” names the damaged place."
          other="The events in this receipt are as they were written. “Evidence” names the damaged places."
        />
      ) : (
        <Plural
          value={count}
          one="The events in this file are as they were written. “Evidence” names the damaged place."
          other="The events in this file are as they were written. “Evidence” names the damaged places."
        />
      )}
    </EvidenceNote>
  );
}

/** Without a time stamp a receipt holds as well; only nobody else says when. */
function StampNote({ why, testId }: { why: string; testId: string }) {
  return (
    <Callout tone="warning" testId={testId} alert title={<Trans>It has no time stamp</Trans>}>
      {why ? (
        <p>
          <bdi>{why}</bdi>
        </p>
      ) : null}
      <p>
        <Trans>
          The file was saved and can be used; only the authority's word on the time is missing. To
          have it too, export again later. “Time stamps” under “Evidence” says who is asked.
        </Trans>
      </p>
    </Callout>
  );
}

function EvidenceNote(props: { title: ReactNode; testId: string; children: ReactNode }) {
  const { navigate } = useRouter();
  return (
    <Callout tone="warning" testId={props.testId} alert title={props.title}>
      <p>{props.children}</p>
      <div>
        <Button testId={`${props.testId}-evidence`} onPress={() => navigate("evidence")}>
          <Trans>Open Evidence</Trans>
        </Button>
      </div>
    </Callout>
  );
}
