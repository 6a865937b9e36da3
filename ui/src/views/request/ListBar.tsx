/** Around the table: filters with counts, search, what is wrong how often, where rows came from, region. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import { asProblem } from "../../api/problems";
import type { Problem, Show, Summary } from "../../api/types";
import { Button, ConfirmDialog, Select } from "../../components";
import { useListCommand, useRegions } from "./list";
import styles from "./Whom.module.css";

export function ListBar(props: {
  summary: Summary;
  show: Show;
  onShow: (show: Show) => void;
  search: string;
  onSearch: (search: string) => void;
}) {
  const { t } = useLingui();
  const { all, errors, warnings, ready } = props.summary;
  const filters: [Show, string, number][] = [
    ["all", t`All`, all],
    ["errors", t`Errors`, errors],
    ["warnings", t`Warnings`, warnings],
    ["ready", t`Ready`, ready],
  ];
  return (
    <div className={styles.bar}>
      <div className={styles.filters} role="group" aria-label={t`Show`}>
        {filters.map(([show, label, count]) => (
          <button
            key={show}
            type="button"
            className={styles.filter}
            data-testid={`filter-${show}`}
            aria-pressed={props.show === show}
            onClick={() => props.onShow(show)}
          >
            {label} {count.toLocaleString()}
          </button>
        ))}
      </div>
      <input
        type="search"
        className={styles.search}
        data-testid="row-search"
        aria-label={t`Search the list`}
        placeholder={t`Search`}
        value={props.search}
        onChange={(event) => props.onSearch(event.target.value)}
      />
    </div>
  );
}

/** Rows with the same reason, counted: four typos of one kind are one thing to know. */
export function ReasonCounts({ summary }: { summary: Summary }) {
  if (summary.reasons.length === 0) return null;
  return (
    <ul className={styles.reasons}>
      {summary.reasons.map((reason) => (
        <li key={`${reason.code} ${reason.message}`}>
          <strong>{reason.count.toLocaleString()}</strong> {reason.message}
        </li>
      ))}
    </ul>
  );
}

export function ListFoot(props: {
  summary: Summary;
  onProblem: (problem: Problem | null) => void;
}) {
  const { t, i18n } = useLingui();
  const regions = useRegions();
  const [asking, setAsking] = useState(false);
  const setRegion = useListCommand((platform, region: string) => platform.listRegion(region));
  const clear = useListCommand((platform) => platform.listClear());
  const settle = {
    onSuccess: () => props.onProblem(null),
    onError: (thrown: unknown) => props.onProblem(asProblem(thrown)),
  };
  const { region, sources, all } = props.summary;

  const choices = useMemo(() => {
    const names = new Intl.DisplayNames([i18n.locale], { type: "region", fallback: "code" });
    const known = regions.data ?? [{ code: region, name: region, callingCode: 0 }];
    return known
      .map(({ code, name, callingCode }) => ({
        value: code,
        label: `${names.of(code) ?? name}${callingCode ? ` +${callingCode}` : ""}`,
      }))
      .toSorted((a, b) => a.label.localeCompare(b.label));
  }, [regions.data, region, i18n.locale]);

  return (
    <div className={styles.foot}>
      <div className={styles.sources}>
        {sources.map((source, at) => (
          // Two sources may have the same name.
          // oxlint-disable-next-line react/no-array-index-key
          <p key={at}>
            {source.name}: <Plural value={source.rows} one="# row" other="# rows" />
            {source.encoding ? `, ${source.encoding}` : null}
            {source.column ? `, ${t`column “${source.column}”`}` : null}
          </p>
        ))}
      </div>
      <div className={styles.footControls}>
        <Select
          path="defaultRegion"
          label={t`Phones without + are from`}
          value={region}
          choices={choices}
          onChange={(to) => setRegion.mutate(to, settle)}
        />
        <Button testId="clear-list" onPress={() => setAsking(true)}>
          <Trans>Empty the list…</Trans>
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={t`Empty the list?`}
        confirmLabel={t`Empty the list`}
        confirmTestId="confirm-clear"
        cancelLabel={t`Keep it`}
        kind="danger"
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          clear.mutate(undefined, settle);
        }}
      >
        <p>
          <Plural
            value={all}
            one="# row goes from the list. Your file stays as it is."
            other="# rows go from the list. Your files stay as they are."
          />
        </p>
      </ConfirmDialog>
    </div>
  );
}
