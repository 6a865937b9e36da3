/**
 * Fields on the pages of a document: who fills which one in, and where it stands, in percent of the page. They are
 * placed on its pages or by numbers; both show the same fields.
 */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Credential, Draft, Placement, PlacementType } from "../../api/types";
import { Button, controlId, FieldError, goToControl } from "../../components";
import { BoundNumber, BoundSelect, BoundText } from "./bound";
import { inCredential } from "./CredentialEditor";
import { emptyPlacement, removeAt, replaceAt } from "./draft";
import { useFormStore } from "./FormProvider";
import { useSomeContacts } from "./list";
import { overlaps } from "./pages/geometry";
import { useKinds } from "./pages/kinds";
import { Pages } from "./pages/Pages";
import styles from "./RequestView.module.css";
import { useIssue } from "./visible-issues";

const IDENTITY_TYPES = [
  "FULL_NAME",
  "BIRTH",
  "DOC_ID",
  "TAX_NUMBER",
  "HEALTH_NUMBER",
  "COUNTRY_ALPHA3",
  "SOCIAL_SECURITY_NUMBER",
  "EMAIL",
  "PHONE",
];

export function Placements({ at, credential }: { at: number; credential: Credential }) {
  const { t } = useLingui();
  const store = useFormStore();
  const path = `credentials.${at}.placements`;
  const error = useIssue(path);
  const { data, placements } = credential;
  const overlapping = useMemo(() => overlaps(placements), [placements]);
  const change = (recipe: (placements: Placement[]) => Placement[]) =>
    store.change(
      path,
      inCredential(at, (now) => ({ ...now, placements: recipe(now.placements) })),
    );

  return (
    <div className={styles.group} role="group" aria-label={t`Fields on the pages`}>
      <FieldError path={path} error={error} />
      {data.kind === "document" && data.base64 ? (
        <Pages
          at={at}
          credential={credential}
          base64={data.base64}
          fileName={data.fileName}
          overlapping={overlapping}
        />
      ) : null}
      {placements.map((placement, index) => (
        <PlacementEditor
          // Every control is tied to its place in the list, so the place is its name.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          at={at}
          index={index}
          placement={placement}
          overlapped={overlapping[index] ?? []}
          onRemove={() => change((all) => removeAt(all, index))}
        />
      ))}
      <div>
        <Button
          id={controlId(path)}
          testId={`add-placement-${at}`}
          onPress={() => {
            change((all) => [...all, emptyPlacement()]);
            const to = `${path}.${placements.length}.contact`;
            requestAnimationFrame(() => goToControl(to));
          }}
        >
          <Trans>Add a signature or field</Trans>
        </Button>
      </div>
    </div>
  );
}

function PlacementEditor(props: {
  at: number;
  index: number;
  placement: Placement;
  /** The fields it overlaps. */
  overlapped: readonly number[];
  onRemove: () => void;
}) {
  const { at, index, placement } = props;
  const { t } = useLingui();
  const contacts = useSomeContacts();
  const kinds = useKinds();
  const others = props.overlapped.map((other) => other + 1).join(", ");
  const path = `credentials.${at}.placements.${index}`;
  const number = index + 1;
  const set = (draft: Draft, change: Partial<Placement>) =>
    inCredential(at, (now) => ({
      ...now,
      placements: replaceAt(now.placements, index, { ...placement, ...change }),
    }))(draft);
  const numbers: [keyof Placement & ("x" | "y" | "width" | "height"), string][] = [
    ["x", t`From left, %`],
    ["y", t`From top, %`],
    ["width", t`Width, %`],
    ["height", t`Height, %`],
  ];

  return (
    <fieldset className={styles.item}>
      <legend className={styles.legend}>
        <Trans>Field {number}</Trans>
      </legend>
      <div className={styles.two}>
        <BoundText
          path={`${path}.contact`}
          label={t`Who fills it in`}
          hint={t`One of the people asked`}
          choices={contacts}
          value={placement.contact}
          set={(draft, contact) => set(draft, { contact })}
        />
        <BoundSelect
          path={`${path}.type`}
          label={t`What`}
          value={placement.type}
          set={(draft, type) => set(draft, { type: type as PlacementType })}
          choices={kinds}
        />
        {placement.type === "IDENTITY_FIELD" ? (
          <BoundText
            path={`${path}.identityType`}
            label={t`Which detail`}
            hint={t`Such as FULL_NAME`}
            choices={IDENTITY_TYPES}
            value={placement.identityType}
            set={(draft, identityType) => set(draft, { identityType })}
          />
        ) : null}
      </div>
      <div className={styles.numbers}>
        {numbers.map(([field, label]) => (
          <BoundNumber
            key={field}
            path={`${path}.${field}`}
            label={label}
            value={placement[field]}
            set={(draft, value) => set(draft, { [field]: value })}
          />
        ))}
        <BoundNumber
          path={`${path}.pageIndex`}
          label={t`Page (first: 0)`}
          step={1}
          value={placement.pageIndex}
          set={(draft, pageIndex) => set(draft, { pageIndex })}
        />
      </div>
      {others ? (
        <p className={styles.warning} data-testid={`overlap-${at}-${index}`}>
          <span aria-hidden="true">! </span>
          <Trans>Overlaps field {others} on its page</Trans>
        </p>
      ) : null}
      <div>
        <Button kind="quiet" testId={`remove-placement-${at}-${index}`} onPress={props.onRemove}>
          <Trans>Remove field {number}</Trans>
        </Button>
      </div>
    </fieldset>
  );
}
