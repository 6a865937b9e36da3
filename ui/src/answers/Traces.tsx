/** How far each profile came with a payload. */
import { Trans } from "@lingui/react/macro";
import type { TraceView } from "../api/types";
import { Badge } from "../components";
import styles from "./Answers.module.css";

export function Traces({ traces }: { traces: readonly TraceView[] }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.traces} data-testid="traces">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Profile</Trans>
            </th>
            <th scope="col">
              <Trans>Opens it</Trans>
            </th>
            <th scope="col">
              <Trans>How far it came</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {traces.map(({ profile, opened, reached }, at) => (
            // Two files may name a profile alike.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              <td>
                <code>{profile}</code>
              </td>
              <td>
                <Badge tone={opened ? "good" : "neutral"}>
                  {opened ? <Trans>Yes</Trans> : <Trans>No</Trans>}
                </Badge>
              </td>
              <td>{reached}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
