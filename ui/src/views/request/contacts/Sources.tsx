/** Where the rows came from: each file or sheet with how it was read, its columns, and taking it out again. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../../../api/problems";
import type { Problem, Source, Summary } from "../../../api/types";
import { Button, useAnnounce } from "../../../components";
import { useListCommand } from "../list";
import styles from "../Whom.module.css";
import { useListAtWork } from "./progress";
import { useDelimiterWords } from "./reading-words";
import { useHandover } from "./use-handover";

export function Sources(props: {
  summary: Summary;
  onColumns: (source: number) => void;
  onProblem: (problem: Problem | null) => void;
}) {
  const { summary, onColumns, onProblem } = props;
  return (
    <ul className={styles.sources}>
      {summary.sources.map((source, at) =>
        source.rows > 0 ? (
          <SourceLine
            // Two sources may have the same name; their place is what names them.
            // oxlint-disable-next-line react/no-array-index-key
            key={at}
            at={at}
            source={source}
            onColumns={() => onColumns(at)}
            onProblem={onProblem}
          />
        ) : null,
      )}
    </ul>
  );
}

function SourceLine(props: {
  at: number;
  source: Source;
  onColumns: () => void;
  onProblem: (problem: Problem | null) => void;
}) {
  const { at, source, onProblem } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const { busy } = useListAtWork();
  const delimiters = useDelimiterWords();
  const box = useHandover<HTMLLIElement>();
  const name = source.sheet ? `${source.name}, ${source.sheet}` : source.name;
  const remove = useListCommand(
    (platform) => platform.listRemoveSource(at),
    () => {
      onProblem(null);
      announce(t`The rows of ${name} are removed.`);
    },
  );

  return (
    <li ref={box} className={styles.source} data-testid={`source-${at}`}>
      <span className={styles.sourceWords}>
        <strong>{source.name}</strong>
        {source.sheet ? <span>{t`sheet “${source.sheet}”`}</span> : null}
        <span>
          <Plural value={source.rows} one="# row" other="# rows" />
        </span>
        {source.blank > 0 ? (
          <span>
            <Plural value={source.blank} one="# blank left out" other="# blank left out" />
          </span>
        ) : null}
        {source.encoding ? <span>{source.encoding}</span> : null}
        {source.delimiter ? <span>{delimiters[source.delimiter]}</span> : null}
      </span>
      <span className={styles.sourceButtons}>
        {source.columns.length > 0 && source.format !== "byHand" ? (
          <Button
            kind="quiet"
            testId={`source-${at}-columns`}
            aria-label={t`Columns of ${name}…`}
            isPending={busy}
            onPress={props.onColumns}
          >
            <Trans>Columns…</Trans>
          </Button>
        ) : null}
        <Button
          kind="quiet"
          testId={`source-${at}-remove`}
          aria-label={t`Remove the rows of ${name}`}
          isPending={busy || remove.isPending}
          onPress={() =>
            remove.mutate(undefined, { onError: (thrown) => onProblem(asProblem(thrown)) })
          }
        >
          <Trans>Remove</Trans>
        </Button>
      </span>
    </li>
  );
}
