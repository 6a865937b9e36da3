/** The first rows of a file as it would be read. */
import { useLingui } from "@lingui/react/macro";
import type { Column, Preview } from "../../../api/types";
import styles from "./ColumnsDialog.module.css";
import { useTargetWords } from "./reading-words";

export function PreviewTable(props: { preview: Preview; columns: readonly Column[] }) {
  const { t } = useLingui();
  const words = useTargetWords();
  return (
    <section
      className={styles.scroller}
      aria-label={t`First rows`}
      // A scrolling region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={styles.table} data-testid="columns-preview">
        <thead>
          <tr>
            {props.columns.map((column, at) => (
              // oxlint-disable-next-line react/no-array-index-key
              <th key={at} scope="col" data-out={column.target === "ignored" || undefined}>
                {column.name || t`Column ${at + 1}`}
                <span className={styles.used}>{words[column.target]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.preview.rows.map((row, line) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={line}>
              {row.map((cell, at) => (
                <td
                  // oxlint-disable-next-line react/no-array-index-key
                  key={at}
                  data-out={props.columns[at]?.target === "ignored" || undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
