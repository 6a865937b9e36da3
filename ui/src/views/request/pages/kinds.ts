/** The kinds of fields a page can have, and a field in words. */
import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo } from "react";
import type { Placement, PlacementType } from "../../../api/types";

export interface KindWords {
  value: PlacementType;
  label: string;
}

export function useKinds(): KindWords[] {
  const { t } = useLingui();
  return useMemo(
    () => [
      { value: "SIGNATURE", label: t`Signature` },
      { value: "INITIALS", label: t`Initials` },
      { value: "IDENTITY_FIELD", label: t`From the identity document` },
      { value: "OPEN_TEXT", label: t`Text` },
      { value: "NUMERIC", label: t`Number` },
      { value: "DATE", label: t`Date` },
      { value: "CHECKBOX", label: t`Tick box` },
    ],
    [t],
  );
}

/** "Signature", "From the identity document (FULL_NAME)" */
export function useWhatWords(): (field: Placement) => string {
  const kinds = useKinds();
  return useCallback(
    ({ type, identityType }) => {
      const kind = kinds.find(({ value }) => value === type)?.label ?? type;
      return type === "IDENTITY_FIELD" && identityType ? `${kind} (${identityType})` : kind;
    },
    [kinds],
  );
}

/** "Signature of ana@example.com, page 2, 10 % from left, 80 % from top" */
export function useFieldWords(): (field: Placement, overlapping: boolean) => string {
  const { t } = useLingui();
  const whatIs = useWhatWords();
  return useCallback(
    (field, overlapping) => {
      const what = whatIs(field);
      const who = field.contact || t`nobody yet`;
      const page = field.pageIndex + 1;
      const words = t`${what} of ${who}, page ${page}, ${field.x} % from left, ${field.y} % from top`;
      return overlapping ? t`${words}, overlaps another field` : words;
    },
    [whatIs, t],
  );
}
