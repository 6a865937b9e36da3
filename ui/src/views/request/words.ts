/** The request in words, for the rail and the review. */
import { i18n, type I18n } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type {
  ConnectionView,
  Field,
  Form,
  SecurityLevel,
  SendPlan,
  Summary,
} from "../../api/types";
import { aboutSeconds } from "../sending/durations";

export interface SentAs {
  requests: number;
  seconds: number;
  plan: SendPlan;
}

export interface Line {
  label: string;
  /** Null where something must be chosen first; `missing` then says what. */
  text: string | null;
  missing?: string;
}

export function useLevelWords(): { value: SecurityLevel; title: string; text: string }[] {
  const { t } = useLingui();
  return [
    { value: "CONTACT", title: t`Contact only`, text: t`A code by email or SMS` },
    {
      value: "ORGANIZATION_KYC",
      title: t`Your own KYC`,
      text: t`People your organisation has checked already`,
    },
    { value: "HUMANOS_KYC", title: t`Humanos KYC`, text: t`Document and selfie, once` },
    {
      value: "HUMANOS_REVALIDATION",
      title: t`Humanos revalidation`,
      text: t`A fresh selfie each time`,
    },
  ];
}

export function useWords(
  { draft, returnTo }: Pick<Form, "draft" | "returnTo">,
  summary: Summary | undefined,
  connection: ConnectionView | undefined,
  sentAs: SentAs | null = null,
): Line[] {
  const { t, i18n } = useLingui();
  const levels = useLevelWords();
  const level = levels.find((one) => one.value === draft.securityLevel);
  const languages: Record<string, string> = {
    ENG: t`English`,
    PRT: t`Portuguese`,
    SPA: t`Spanish`,
    FRA: t`French`,
  };
  const language = languages[draft.language] ?? draft.language;
  const people = summary ? summary.ready + summary.warnings : 0;
  const of = summary?.all ?? 0;
  const has = (field: Field) => people > 0 && (summary?.fields.includes(field) ?? false);

  const what = [
    draft.groupIds.length > 0 &&
      plural(draft.groupIds.length, { one: "# group", other: "# groups" }),
    draft.resourcesIds.length > 0 &&
      plural(draft.resourcesIds.length, { one: "# resource", other: "# resources" }),
    ...draft.credentials.map((credential) => {
      const name = credential.name || t`without a name`;
      return {
        DOCUMENT: t`document “${name}”`,
        CONSENT: t`consent “${name}”`,
        JSON: t`data “${name}”`,
        POLICY: t`mandate “${name}”`,
      }[credential.type];
    }),
  ].filter((part) => part !== false);

  const lines: (Line | false)[] = [
    {
      label: t`Whom`,
      text: people > 0 ? peopleOf(people, of) : null,
      missing: of > 0 ? t`Nobody can be asked yet` : t`Nobody yet`,
    },
    { label: t`What`, text: what.join(", ") || null, missing: t`Nothing chosen yet` },
    { label: t`How strictly`, text: level?.title ?? t`Contact only, as Humanos does by default` },
    {
      label: t`Arrives`,
      text: language
        ? t`by email or SMS, in ${language}`
        : t`by email or SMS, in the language Humanos chooses`,
    },
    has("docId") && { label: t`Matched`, text: t`each person’s document number in the list` },
    draft.expectedDocIds.length > 0 && {
      label: t`Documents`,
      text: plural(draft.expectedDocIds.length, {
        one: "# document number must match",
        other: "# document numbers must match",
      }),
    },
    {
      label: t`Then`,
      text: {
        none: t`people stay with Humanos`,
        web: draft.redirectUrl ? t`people go to ${hostOf(draft.redirectUrl)}` : null,
        app: t`people come back to this app`,
      }[returnTo],
      missing: t`No web page given yet`,
    },
    draft.authorizedDIDs.length > 0 && {
      label: t`May also read`,
      text: draft.authorizedDIDs.join(", "),
    },
    draft.pubKey !== "" && { label: t`Answers`, text: t`sealed with your public key` },
    (draft.name !== "" || draft.internalId !== "") && {
      label: t`Kept as`,
      text: [draft.name, draft.internalId].filter(Boolean).join(" · "),
    },
    sentAs !== null && sentAs.requests > 0 && { label: t`Sent as`, text: sentAsText(sentAs, i18n) },
    {
      label: t`Sent to`,
      text: connection
        ? connection.practice
          ? t`Practice, on this computer`
          : connection.name
        : null,
      missing: t`No connection chosen`,
    },
  ];
  return lines.filter((line) => line !== false);
}

/** "60 requests of up to 20, about 1 min" */
function sentAsText({ requests, seconds, plan }: SentAs, i18n: I18n): string {
  const many = plural(requests, { one: "# request", other: "# requests" });
  if (requests === 1) return many;
  const size = plan.groupSize;
  const how = {
    together: many,
    each: i18n._(msg`${many}, one for each person`),
    groups: i18n._(msg`${many} of up to ${size}`),
    column: i18n._(msg`${many}, by “${plan.groupColumn}”`),
  }[plan.sendMode];
  return `${how}, ${aboutSeconds(seconds, i18n)}`;
}

function peopleOf(people: number, of: number): string {
  if (people === of) return plural(people, { one: "# person", other: "# people" });
  const all = i18n.number(of);
  return plural(people, { one: `# of ${all} people`, other: `# of ${all} people` });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url : url;
}
