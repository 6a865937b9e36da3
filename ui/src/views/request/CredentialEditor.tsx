/** One credential: what it is, its content, and when it counts. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import type { Credential, CredentialType, Draft } from "../../api/types";
import { Button } from "../../components";
import { BoundArea, BoundMoment, BoundSelect, BoundText } from "./bound";
import { CredentialContent } from "./CredentialContent";
import { emptyCredential, replaceAt } from "./draft";
import { Placements } from "./Placements";
import styles from "./RequestView.module.css";

/** Changes the credential at an index of a draft. */
export function inCredential(at: number, change: (credential: Credential) => Credential) {
  return (draft: Draft): Draft => {
    const credential = draft.credentials[at];
    if (!credential) return draft;
    return { ...draft, credentials: replaceAt(draft.credentials, at, change(credential)) };
  };
}

export function CredentialEditor(props: {
  at: number;
  credential: Credential;
  onRemove: () => void;
}) {
  const { at, credential } = props;
  const { t } = useLingui();
  const path = `credentials.${at}`;
  const number = at + 1;
  // What belongs to another type is kept aside: choosing that type again brings it back.
  const aside = useRef(
    new Map<CredentialType, Pick<Credential, "data" | "placements" | "action">>(),
  );

  const toType = (draft: Draft, type: string) =>
    inCredential(at, (now) => {
      aside.current.set(now.type, now);
      const chosen = type as CredentialType;
      const { data, placements, action } = aside.current.get(chosen) ?? emptyCredential(chosen);
      return { ...now, type: chosen, data, placements, action };
    })(draft);

  const text = (field: "name" | "scope" | "description" | "internalId") => ({
    path: `${path}.${field}`,
    value: credential[field],
    set: (draft: Draft, value: string) =>
      inCredential(at, (now) => ({ ...now, [field]: value }))(draft),
  });
  const moment = (field: "validFrom" | "validUntil") => ({
    path: `${path}.${field}`,
    value: credential[field],
    set: (draft: Draft, value: string) =>
      inCredential(at, (now) => ({ ...now, [field]: value }))(draft),
  });

  return (
    <fieldset className={styles.item}>
      <legend className={styles.legend}>
        <Trans>Credential {number}</Trans>
      </legend>
      <div className={styles.two}>
        <BoundSelect
          path={`${path}.type`}
          label={t`Kind`}
          value={credential.type}
          set={toType}
          choices={[
            { value: "CONSENT", label: t`Consent to a text (CONSENT)` },
            { value: "DOCUMENT", label: t`Document to sign, PDF (DOCUMENT)` },
            { value: "JSON", label: t`Data as JSON (JSON)` },
            { value: "POLICY", label: t`Mandate for an action (POLICY)` },
          ]}
        />
        <BoundText {...text("name")} label={t`Name`} hint={t`The person sees it`} />
      </div>
      <CredentialContent at={at} credential={credential} />
      {credential.type === "DOCUMENT" ? <Placements at={at} credential={credential} /> : null}
      <div className={styles.two}>
        <BoundMoment {...moment("validFrom")} label={t`Counts from`} hint={t`Empty: at once`} />
        <BoundMoment {...moment("validUntil")} label={t`Counts until`} hint={t`Empty: no end`} />
        <BoundText {...text("scope")} label={t`Scope`} hint={t`Such as payments.hotel`} />
        <BoundText {...text("internalId")} label={t`Your own id`} hint={t`For your records`} />
      </div>
      <BoundArea {...text("description")} label={t`Description`} rows={2} />
      <div>
        <Button kind="quiet" testId={`remove-credential-${at}`} onPress={props.onRemove}>
          <Trans>Remove credential {number}</Trans>
        </Button>
      </div>
    </fieldset>
  );
}
