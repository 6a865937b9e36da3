/** Past requests: a searchable list, and the one that is open beside it. */
import { useLingui } from "@lingui/react/macro";
import { Screen } from "../../shell/Screen";
import { RequestDetail } from "./RequestDetail";
import { RequestList } from "./RequestList";

export function RequestsView({ id }: { id?: string }) {
  const { t } = useLingui();
  return (
    <Screen
      title={t`Requests`}
      wideRail
      railLabel={t`The request that is open`}
      rail={id ? <RequestDetail key={id} id={id} /> : null}
    >
      <RequestList open={id} />
    </Screen>
  );
}
