import { Trans } from "@lingui/react/macro";
import type { Saved } from "../api/types";
import { Callout } from "../components";

export function SavedNote({ saved, testId }: { saved: Saved; testId: string }) {
  return (
    <Callout tone="good" testId={testId}>
      <p>
        <Trans>Saved to {saved.path}</Trans>
      </p>
    </Callout>
  );
}
