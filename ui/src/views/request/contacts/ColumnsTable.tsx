/** Each column with a few of its values, and what it is used for. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Column, Target } from "../../../api/types";
import { controlId } from "../../../components";
import styles from "./ColumnsDialog.module.css";
import { TARGETS, useTargetWords } from "./reading-words";

export function ColumnsTable(props: {
  columns: readonly Column[];
  onChoose: (place: number, target: Target) => void;
}) {
  const { t } = useLingui();
  const words = useTargetWords();
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Column</Trans>
            </th>
            <th scope="col">
              <Trans>For example</Trans>
            </th>
            <th scope="col">
              <Trans>Used as</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.columns.map((column, at) => (
            // Two columns may have the same name; their place is what names them.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              <th scope="row" className={styles.name}>
                {column.name || t`Column ${at + 1}`}
              </th>
              <td className={styles.samples}>{column.samples.slice(0, 3).join(" · ") || "–"}</td>
              <td>
                <select
                  className={styles.target}
                  id={controlId(`columns.${at}.target`)}
                  data-testid={`columns.${at}.target`}
                  aria-label={t`Use ${column.name || at + 1} as`}
                  value={column.target}
                  onChange={(event) => props.onChoose(at, event.target.value as Target)}
                >
                  {TARGETS.map((target) => (
                    <option key={target} value={target}>
                      {words[target]}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
