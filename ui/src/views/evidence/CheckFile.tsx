/** Takes a receipt, a PDF or a pack, dropped or chosen, and says whether it holds. The last one is on top. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { asProblem } from "../../api/problems";
import { Button, ProblemCallout, Section } from "../../components";
import { usePlatform } from "../../platform";
import zone from "../request/Whom.module.css";
import { CheckResult } from "./CheckResult";
import styles from "./Evidence.module.css";
import { useFound, type Checked } from "./found";
import { verdictWords } from "./words";

export function CheckFile() {
  const platform = usePlatform();
  const { checks, addCheck, checking, problem, setProblem } = useFound();
  const [last, ...before] = checks;
  const choose = useMutation({
    mutationFn: () => platform.chooseReceipt(),
    onSuccess: (check) => {
      if (check) addCheck(check);
    },
    onError: (thrown) => setProblem(asProblem(thrown)),
  });
  useDropsHere((thrown) => setProblem(asProblem(thrown)));

  return (
    <Section
      title={<Trans>Check a receipt</Trans>}
      testId="check-file"
      hint={<Trans>Also one that somebody else made. Nothing of it is kept here.</Trans>}
    >
      <div className={zone.dropZone} data-testid="check-drop-zone">
        <p>
          <strong>
            <Trans>Drop a receipt anywhere on this window</Trans>
          </strong>{" "}
          <span className={styles.soft}>
            <Trans>the file as it was given to you</Trans>
          </span>
        </p>
        <div className={zone.dropButtons}>
          <Button
            testId="check-choose"
            isPending={choose.isPending}
            onPress={() => choose.mutate()}
          >
            <Trans>Choose a file…</Trans>
          </Button>
        </div>
      </div>
      {/* Always there, so that what comes into it is heard. */}
      <p role="status" data-testid="check-checking" className={styles.checking}>
        {checking === null ? null : (
          <Trans>
            Checking <bdi>{checking}</bdi>…
          </Trans>
        )}
      </p>
      {problem ? <ProblemCallout problem={problem} /> : null}
      {last ? <CheckResult key={last.number} check={last.check} /> : null}
      {before.length > 0 ? <Before checks={before} /> : null}
    </Section>
  );
}

function Before({ checks }: { checks: readonly Checked[] }) {
  const { i18n } = useLingui();
  return (
    <>
      <h3>
        <Trans>Checked before: {i18n.number(checks.length)}</Trans>
      </h3>
      <ul className={styles.list} data-testid="checks-before">
        {checks.map(({ number, check }) => (
          <li key={number}>
            <details className={styles.more}>
              <summary>
                <bdi>{check.file}</bdi>
                {": "}
                {i18n._(verdictWords(check).title)}
              </summary>
              <CheckResult check={check} />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

/** While this is shown, files dropped on the window come here and not to the list of people. */
function useDropsHere(onRefused: (thrown: unknown) => void) {
  const platform = usePlatform();
  const refused = useEffectEvent(onRefused);
  useEffect(() => {
    platform.dropsGoTo("check").catch((thrown) => refused(thrown));
    return () => void platform.dropsGoTo("list").catch(() => undefined);
  }, [platform]);
}
