/** Takes a payload, dropped, chosen or pasted, and says what came of opening it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { OpenOutcome } from "../../answers/OpenOutcome";
import { asProblem } from "../../api/problems";
import type { PayloadFile, Problem } from "../../api/types";
import { Button, goToControl, ProblemCallout, Section, TextArea } from "../../components";
import { usePlatform } from "../../platform";
import zone from "../request/Whom.module.css";
import styles from "./AnswersView.module.css";
import type { Opening } from "./use-opening";
import { useTypedPayload, type TypedPayload } from "./typed";

export function OpenPayload({ open }: { open: Opening }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const [typed, change] = useTypedPayload();
  const [blank, setBlank] = useState(false);
  const [fileProblem, setFileProblem] = useState<Problem | null>(null);

  const take = (payload: TypedPayload, anyAge = false) => {
    setFileProblem(null);
    setBlank(payload.text.trim() === "");
    if (payload.text.trim() === "") return goToControl("payload");
    open.mutate({ ...payload, anyAge });
  };
  const takeFile = ({ text }: PayloadFile) => {
    change({ text });
    take({ ...typed, text });
  };
  const refuseFile = (problem: Problem) => {
    open.reset();
    setFileProblem(problem);
  };
  const retype = (part: Partial<TypedPayload>) => {
    change(part);
    setBlank(false);
    // What is shown is about the text as it was.
    if (!open.isPending) open.reset();
  };
  const choose = useMutation({
    mutationFn: () => platform.choosePayload(),
    onSuccess: (file) => {
      if (file) takeFile(file);
    },
    onError: (thrown) => refuseFile(asProblem(thrown)),
  });
  useDrops(takeFile, refuseFile);

  const asked = open.variables;
  return (
    <Section title={t`Open an answer`}>
      <div className={zone.dropZone} data-testid="payload-drop-zone">
        <p>
          <strong>
            <Trans>Drop a file with an answer anywhere on this window</Trans>
          </strong>{" "}
          <span className={styles.soft}>
            <Trans>an encrypted answer or the body of a webhook</Trans>
          </span>
        </p>
        <div className={zone.dropButtons}>
          <Button
            testId="payload-choose"
            isPending={choose.isPending || open.isPending}
            onPress={() => choose.mutate()}
          >
            <Trans>Choose a file…</Trans>
          </Button>
        </div>
      </div>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          take(typed);
        }}
      >
        <TextArea
          path="payload"
          label={t`Or paste it`}
          hint={t`The whole text as it came`}
          code
          rows={6}
          value={typed.text}
          error={blank ? t`Paste an answer or choose a file first` : undefined}
          onChange={(text) => retype({ text })}
        />
        <TextArea
          path="payloadHeaders"
          label={t`Signature lines (optional)`}
          hint={t`Of a webhook: its lines x-signature and x-timestamp`}
          code
          rows={2}
          value={typed.headers}
          onChange={(headers) => retype({ headers })}
        />
        <div>
          <Button type="submit" kind="primary" testId="open-payload" isPending={open.isPending}>
            {open.isPending ? <Trans>Opening…</Trans> : <Trans>Open</Trans>}
          </Button>
        </div>
      </form>
      {fileProblem ? <ProblemCallout problem={fileProblem} /> : null}
      {open.isError ? <ProblemCallout problem={asProblem(open.error)} /> : null}
      {open.data && asked ? (
        <OpenOutcome result={open.data} busy={open.isPending} onAnyway={() => take(asked, true)} />
      ) : null}
    </Section>
  );
}

/** While this is shown, files dropped on the window come here and not to the list of people. */
function useDrops(onFile: (file: PayloadFile) => void, onProblem: (problem: Problem) => void) {
  const platform = usePlatform();
  const file = useEffectEvent(onFile);
  const problem = useEffectEvent(onProblem);
  useEffect(() => {
    const stop = [
      platform.onPayloadDropped((dropped) => file(dropped)),
      platform.onPayloadProblem((thrown) => problem(thrown)),
    ];
    platform.dropsGoTo("answers").catch((thrown) => problem(asProblem(thrown)));
    return () => {
      stop.forEach((end) => end());
      platform.dropsGoTo("list").catch(() => undefined);
    };
  }, [platform]);
}
