/** How many requests are meant. */
import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "../api/problems";
import { KEYS } from "../api/queries";
import type { PackScope } from "../api/types";
import { ProblemCallout } from "../components";
import { usePlatform } from "../platform";

export type Counted = ReturnType<typeof usePackCount>;

export function usePackCount(scope: PackScope | null) {
  const platform = usePlatform();
  return useQuery({
    queryKey: [...KEYS.packCount, scope],
    queryFn: () => (scope ? platform.countPack(scope) : 0),
    enabled: scope !== null,
    // Requests may have been made since.
    staleTime: 0,
    gcTime: 0,
  });
}

export function PackCount({ id, count }: { id: string; count: Counted }) {
  if (count.isError) return <ProblemCallout problem={asProblem(count.error)} />;
  return (
    <p id={id} role="status" data-testid="pack-count">
      {count.data === undefined ? (
        count.isFetching ? (
          <Trans>Counting…</Trans>
        ) : null
      ) : count.data === 0 ? (
        <Trans>That is no request: there is nothing to export.</Trans>
      ) : (
        <Plural value={count.data} one="That is # request." other="That is # requests." />
      )}
    </p>
  );
}
