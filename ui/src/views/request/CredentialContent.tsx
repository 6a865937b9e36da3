/** The content of a credential, by its kind. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import type { Credential, CredentialData, Draft, Problem } from "../../api/types";
import { Button, controlId, FieldError, ProblemCallout } from "../../components";
import { usePlatform } from "../../platform";
import { BoundArea, BoundText } from "./bound";
import { inCredential } from "./CredentialEditor";
import { useFormStore } from "./FormProvider";
import { JsonContent } from "./json/JsonContent";
import styles from "./RequestView.module.css";
import { useIssue } from "./visible-issues";

interface ContentProps {
  at: number;
  credential: Credential;
}

export function CredentialContent({ at, credential }: ContentProps) {
  const { t } = useLingui();
  const path = `credentials.${at}`;
  const { data, action } = credential;
  const setData = (draft: Draft, to: CredentialData) =>
    inCredential(at, (now) => ({ ...now, data: to }))(draft);
  const setAction = (draft: Draft, change: Partial<Credential["action"]>) =>
    inCredential(at, (now) => ({ ...now, action: { ...now.action, ...change } }))(draft);

  switch (credential.type) {
    case "DOCUMENT":
      return <DocumentChoice at={at} credential={credential} />;
    case "CONSENT": {
      const consent =
        data.kind === "consent" ? data : ({ kind: "consent", text: "", url: "" } as const);
      return (
        <>
          <BoundArea
            path={`${path}.data.text`}
            label={t`What the person agrees to`}
            value={consent.text}
            set={(draft, text) => setData(draft, { ...consent, text })}
          />
          <BoundText
            path={`${path}.data.url`}
            label={t`Where to read more`}
            hint={t`A web address, if there is one`}
            value={consent.url}
            set={(draft, url) => setData(draft, { ...consent, url })}
          />
        </>
      );
    }
    case "JSON":
      return (
        <JsonContent
          path={`${path}.data`}
          text={data.kind === "json" ? data.text : ""}
          set={(draft, text) => setData(draft, { kind: "json", text })}
        />
      );
    case "POLICY":
      return (
        <>
          <BoundText
            path={`${path}.action.id`}
            label={t`Action`}
            hint={t`Its version, such as urn:via:action:1f0c…`}
            value={action.id}
            set={(draft, id) => setAction(draft, { id })}
          />
          <BoundArea
            path={`${path}.action.userParams`}
            label={t`Values for the action, as a JSON object`}
            hint={t`Write ${"{}"} if it needs none`}
            code
            value={action.userParams}
            set={(draft, userParams) => setAction(draft, { userParams })}
          />
        </>
      );
  }
}

function DocumentChoice({ at, credential }: ContentProps) {
  const { t } = useLingui();
  const platform = usePlatform();
  const store = useFormStore();
  const [problem, setProblem] = useState<Problem | null>(null);
  const path = `credentials.${at}.data`;
  const error = useIssue(path);
  const chosen = credential.data.kind === "document" ? credential.data : null;

  const choose = async () => {
    try {
      const document = await platform.chooseDocument();
      setProblem(null);
      if (!document) return;
      const { fileName, base64 } = document;
      store.change(
        path,
        inCredential(at, (now) => ({
          ...now,
          name: now.name || fileName.replace(/\.pdf$/i, ""),
          data: { kind: "document", fileName, base64 },
        })),
      );
      store.touch(path);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };

  return (
    <div className={styles.document}>
      <p id={`${controlId(path)}-name`}>
        {chosen?.base64 ? (
          <>
            <strong>{chosen.fileName}</strong> · {sizeOf(chosen.base64)}
          </>
        ) : (
          <Trans>No PDF yet. Choose one, or drop it on the window.</Trans>
        )}
      </p>
      <Button
        id={controlId(path)}
        testId={path}
        aria-describedby={`${controlId(path)}-name${error ? ` ${controlId(path)}-error` : ""}`}
        onPress={() => void choose()}
      >
        {chosen?.base64 ? t`Choose another PDF…` : t`Choose a PDF…`}
      </Button>
      <FieldError path={path} id={`${controlId(path)}-error`} error={error} />
      {problem ? <ProblemCallout problem={problem} /> : null}
    </div>
  );
}

/** The size of what the base64 text stands for. */
function sizeOf(base64: string): string {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  const bytes = (base64.length / 4) * 3 - padding;
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
