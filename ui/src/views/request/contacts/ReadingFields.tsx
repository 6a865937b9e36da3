/** How the text of a file is taken apart: encoding, delimiter, and whether its first row names the columns. */
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { KEYS } from "../../../api/queries";
import type { Delimiter, Format, Preview, Reading, Source } from "../../../api/types";
import { Check, Select } from "../../../components";
import { usePlatform } from "../../../platform";
import styles from "./ColumnsDialog.module.css";
import { useDelimiterWords } from "./reading-words";

const TEXT = new Set<Format>(["csv", "text", "vCard", "json"]);
const CELLS = new Set<Format>(["csv", "text", "pasted"]);
const DETECTED = "";

export function ReadingFields(props: {
  source: Source;
  reading: Reading;
  detected: Preview | undefined;
  preview: Preview | undefined;
  onRead: (part: Partial<Reading>) => void;
}) {
  const { source, reading, detected, preview, onRead } = props;
  const { t } = useLingui();
  const platform = usePlatform();
  const words = useDelimiterWords();
  const encodings = useQuery({
    queryKey: KEYS.encodings,
    queryFn: () => platform.encodings(),
    enabled: TEXT.has(source.format),
  });
  const asDetected = (what: string | null | undefined) => ({
    value: DETECTED,
    label: what ? t`As detected (${what})` : t`As detected`,
  });
  const names = encodings.data ?? [];
  const known = !reading.encoding || names.includes(reading.encoding);
  const found = detected?.delimiter ? words[detected.delimiter] : t`none, one contact per line`;
  const headed = source.format !== "vCard" && source.format !== "json";

  return (
    <div className={styles.reading}>
      {TEXT.has(source.format) ? (
        <Select
          path="encoding"
          label={t`Encoding`}
          value={reading.encoding ?? DETECTED}
          choices={[
            asDetected(detected?.encoding),
            ...(known ? names : [reading.encoding ?? "", ...names]).map((name) => ({
              value: name,
              label: name,
            })),
          ]}
          onChange={(to) => onRead({ encoding: to || null })}
        />
      ) : null}
      {CELLS.has(source.format) ? (
        <Select
          path="delimiter"
          label={t`Cells are separated by`}
          value={reading.delimiter ?? DETECTED}
          choices={[
            asDetected(found),
            ...Object.entries(words).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(to) => onRead({ delimiter: to === DETECTED ? null : (to as Delimiter) })}
        />
      ) : null}
      {headed ? (
        <div className={styles.check}>
          <Check
            path="header"
            label={t`The first row names the columns`}
            value={reading.header ?? preview?.header ?? source.header}
            onChange={(header) => onRead({ header })}
          />
        </div>
      ) : null}
    </div>
  );
}
