/** What did not come to a good end, together by what Humanos said, each with what can be done. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState, type RefObject } from "react";
import { asProblem } from "../../api/problems";
import type { BatchView, FailureGroup, RequestState } from "../../api/types";
import { ProblemCallout, Section } from "../../components";
import { useFailures } from "./batches";
import { FailureItem } from "./FailureItem";
import { MendDialog } from "./MendDialog";
import styles from "./Sending.module.css";

export function NeedsYou(props: {
  batch: BatchView;
  /** Shows the requests of a state in the table. */
  onChoose: (state: RequestState) => void;
}) {
  const { batch, onChoose } = props;
  const { t } = useLingui();
  const failures = useFailures(batch.id);
  const [mending, setMending] = useState<FailureGroup | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const groups = failures.data ?? [];
  useFocusKept(list);

  if (failures.isError) return <ProblemCallout problem={asProblem(failures.error)} />;
  if (groups.length === 0 && mending === null) return null;
  return (
    <Section title={t`Needs you`} testId="needs-you">
      {groups.length === 0 ? (
        <p>
          <Trans>Nothing any more.</Trans>
        </p>
      ) : null}
      <ul className={styles.groups} ref={list}>
        {groups.map((group) => (
          <li key={`${group.state} ${group.kind} ${group.status} ${group.first.id}`}>
            <FailureItem
              batch={batch}
              group={group}
              alone={groups.filter(({ state }) => state === group.state).length === 1}
              onMend={() => setMending(group)}
              onChoose={() => onChoose(group.state)}
            />
          </li>
        ))}
      </ul>
      {mending ? (
        <MendDialog batch={batch} group={mending} onClose={() => setMending(null)} />
      ) : null}
    </Section>
  );
}

/** When what was pressed goes because it was settled, the focus goes on to what is left, or to the title. */
function useFocusKept(list: RefObject<HTMLUListElement | null>) {
  const held = useRef(false);
  useEffect(() => {
    const see = () => {
      if (document.activeElement !== document.body) {
        held.current = list.current?.contains(document.activeElement) ?? false;
      }
    };
    // Whoever presses elsewhere has left it on purpose.
    const press = ({ target }: PointerEvent) => {
      held.current = target instanceof Node && (list.current?.contains(target) ?? false);
    };
    document.addEventListener("focusin", see);
    document.addEventListener("pointerdown", press, true);
    return () => {
      document.removeEventListener("focusin", see);
      document.removeEventListener("pointerdown", press, true);
    };
  }, [list]);
  useEffect(() => {
    if (!held.current || document.activeElement !== document.body) return;
    held.current = false;
    const next = list.current?.querySelector("button");
    (next ?? document.querySelector<HTMLElement>("#main h1"))?.focus();
  });
}
