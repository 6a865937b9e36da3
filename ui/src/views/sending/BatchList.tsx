/** All batches, newest first, to choose one from. */
import { Plural, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BatchView } from "../../api/types";
import { Badge } from "../../components";
import { useRouter } from "../../router";
import { Moment } from "../requests/Moment";
import rows from "../requests/Requests.module.css";
import { shortText } from "../requests/times";
import { batchState, progressText } from "./words";

export function BatchList({ batches }: { batches: readonly BatchView[] }) {
  const { t, i18n } = useLingui();
  const { navigate } = useRouter();
  const [nowMs] = useState(() => Date.now());
  return (
    <ul className={rows.list} data-testid="batch-list" aria-label={t`What was sent to many`}>
      {batches.map((batch) => {
        const { tone, badge } = batchState(batch);
        return (
          <li key={batch.id}>
            <button
              type="button"
              className={rows.row}
              data-testid={`batch-choice-${batch.id}`}
              onClick={() => navigate("sending", { id: batch.id })}
            >
              <span className={rows.name}>{batch.name}</span>
              <span className={rows.state}>
                <Badge tone={tone}>{i18n._(badge)}</Badge>
              </span>
              <span className={rows.facts}>
                <Moment atMs={batch.createdAtMs} text={shortText(batch.createdAtMs, nowMs)} />
                <span>
                  <Plural value={batch.requests} one="# request" other="# requests" />
                </span>
                <span>{progressText(batch, i18n)}</span>
                <span>{batch.practice ? t`Practice` : batch.connectionName}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
