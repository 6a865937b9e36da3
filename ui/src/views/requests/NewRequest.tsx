import { Trans } from "@lingui/react/macro";
import { Button } from "../../components";
import { useRouter } from "../../router";

export function NewRequest() {
  const { navigate } = useRouter();
  return (
    <Button testId="new-request-button" onPress={() => navigate("request")}>
      <Trans>New request</Trans>
    </Button>
  );
}
