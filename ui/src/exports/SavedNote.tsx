import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Saved } from "../api/types";
import { Callout } from "../components";

export function SavedNote(props: { saved: Saved; testId: string; children?: ReactNode }) {
  return (
    <Callout tone="good" testId={props.testId}>
      <p>
        <Trans>Saved to {props.saved.path}</Trans>
      </p>
      {props.children}
    </Callout>
  );
}
