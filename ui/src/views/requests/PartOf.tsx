/** The way back to the batch that a request belongs to. */
import { Trans } from "@lingui/react/macro";
import { useBatch } from "../../api/queries";
import { Button } from "../../components";
import { useRouter } from "../../router";

export function PartOf({ batch }: { batch: string }) {
  const { navigate } = useRouter();
  const name = useBatch(batch)?.name;
  return (
    <div>
      <Button kind="quiet" testId="part-of" onPress={() => navigate("sending", { id: batch })}>
        {name ? <Trans>Part of {name}</Trans> : <Trans>Part of a batch</Trans>}
      </Button>
    </div>
  );
}
