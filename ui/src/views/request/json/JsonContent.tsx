/** JSON as labelled fields or as it is: two views of one text. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Draft } from "../../../api/types";
import {
  Button,
  Callout,
  controlId,
  FieldError,
  goToControl,
  RadioCards,
} from "../../../components";
import { BoundArea } from "../bound";
import { removeAt, replaceAt } from "../draft";
import { useFormStore } from "../FormProvider";
import styles from "../RequestView.module.css";
import { useIssue } from "../visible-issues";
import { readLabelled, writeLabelled, type Labelled } from "./labelled";
import { LabelledField } from "./LabelledField";

export interface JsonContentProps {
  /** Of the value. */
  path: string;
  text: string;
  set: (draft: Draft, text: string) => Draft;
}

type View = "raw" | "fields";

export function JsonContent({ path, text, set }: JsonContentProps) {
  const { t } = useLingui();
  const [view, setView] = useState<View>(() =>
    (readLabelled(text) ?? []).length ? "fields" : "raw",
  );
  return (
    <>
      <RadioCards<View>
        path={`${path}.view`}
        label={t`How to write the content`}
        value={view}
        onChange={setView}
        cards={[
          {
            value: "fields",
            title: t`Labelled fields`,
            text: t`One under the other, each with its kind`,
          },
          { value: "raw", title: t`JSON as it is`, text: t`Of any shape` },
        ]}
      />
      {view === "raw" ? (
        <BoundArea path={path} label={t`Content as JSON`} code rows={5} value={text} set={set} />
      ) : (
        <LabelledList path={path} text={text} set={set} onRaw={() => setView("raw")} />
      )}
    </>
  );
}

function LabelledList(props: JsonContentProps & { onRaw: () => void }) {
  const { path, text, set } = props;
  const { t } = useLingui();
  const store = useFormStore();
  const error = useIssue(path);
  const rows = text.trim() === "" ? [] : readLabelled(text);
  const change = (to: readonly Labelled[]) =>
    store.change(path, (draft) => set(draft, writeLabelled(to)));

  return (
    <div
      className={styles.group}
      role="group"
      aria-label={t`Content as labelled fields`}
      id={controlId(path)}
      data-testid={`${path}.fields`}
      tabIndex={-1}
    >
      <p className={styles.soft}>
        <Trans>
          Humanos speaks of labelled fields without saying their exact shape today. This is the
          shape of its version 2026-03-24.
        </Trans>
      </p>
      <FieldError path={path} error={error} />
      {rows === null ? (
        <Callout
          tone="warning"
          title={t`This is no list of labelled fields`}
          testId={`${path}.other`}
        >
          <p>
            <Trans>The JSON has another shape, or an error. It is kept; change it as it is.</Trans>
          </p>
          <div>
            <Button onPress={props.onRaw}>
              <Trans>Show the JSON</Trans>
            </Button>
          </div>
        </Callout>
      ) : (
        <>
          {rows.map((row, index) => (
            <LabelledField
              // Every control is tied to its place in the list, so the place is its name.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              path={`${path}.${index}`}
              number={index + 1}
              row={row}
              onChange={(to) => change(replaceAt(rows, index, to))}
              onRemove={() => {
                change(removeAt(rows, index));
                document.getElementById(controlId(`${path}.add`))?.focus();
              }}
            />
          ))}
          <div>
            <Button
              id={controlId(`${path}.add`)}
              testId={`${path}.add`}
              onPress={() => {
                change([...rows, { label: "", type: "string", value: "", hidden: null }]);
                requestAnimationFrame(() => goToControl(`${path}.${rows.length}.label`));
              }}
            >
              <Trans>Add a labelled field</Trans>
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
