/** The countries whose phones may be written without one, by name. */
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Choice } from "../../../components";
import { useRegions } from "../list";

export function useRegionChoices(region: string): Choice[] {
  const { i18n } = useLingui();
  const regions = useRegions();
  return useMemo(() => {
    const names = new Intl.DisplayNames([i18n.locale], { type: "region", fallback: "code" });
    const known = regions.data ?? [{ code: region, name: region, callingCode: 0 }];
    return known
      .map(({ code, name, callingCode }) => ({
        value: code,
        label: `${names.of(code) ?? name}${callingCode ? ` +${callingCode}` : ""}`,
      }))
      .toSorted((a, b) => a.label.localeCompare(b.label));
  }, [regions.data, region, i18n.locale]);
}
