/** The columns of the table: which there are, their titles and their widths. */
import { useLingui } from "@lingui/react/macro";
import type { Field, SortBy } from "../../../api/types";

export interface TableColumn {
  key: "select" | "remove" | SortBy;
  title: string;
  /** What pressing the title orders by. */
  sort: SortBy | null;
  rem: number;
  /** Share of the width that is left. */
  share: number;
}

const GAP_REM = 0.5;

export function useFieldWords(): Record<Field, string> {
  const { t } = useLingui();
  return {
    contact: t`Contact`,
    docId: t`Document ID`,
    language: t`Language`,
    internalId: t`Internal ID`,
    secondaryContact: t`Second contact`,
    name: t`Name`,
    country: t`Country`,
  };
}

export function useColumns(fields: readonly Field[]): TableColumn[] {
  const { t } = useLingui();
  const words = useFieldWords();
  return [
    { key: "select", title: t`Select`, sort: null, rem: 1.5, share: 0 },
    { key: "file", title: t`Row`, sort: "file", rem: 3.25, share: 0 },
    { key: "contact", title: words.contact, sort: "contact", rem: 9.5, share: 1.4 },
    ...fields.map((field) => ({
      key: field,
      title: words[field],
      sort: field,
      rem: WIDTHS[field],
      share: 0.5,
    })),
    { key: "state", title: t`State`, sort: "state", rem: 9, share: 1.5 },
    { key: "remove", title: t`Remove`, sort: null, rem: 1.75, share: 0 },
  ];
}

/** For `grid-template-columns`, and how narrow the table may get before it scrolls. */
export function layoutOf(columns: readonly TableColumn[]): { tracks: string; width: string } {
  const tracks = columns.map(({ rem, share }) =>
    share ? `minmax(${rem}rem, ${share}fr)` : `${rem}rem`,
  );
  const width = columns.reduce((sum, { rem }) => sum + rem + GAP_REM, GAP_REM);
  return { tracks: tracks.join(" "), width: `${width}rem` };
}

const WIDTHS: Record<Field, number> = {
  contact: 11,
  docId: 6.5,
  language: 4.5,
  internalId: 5.5,
  secondaryContact: 8,
  name: 6.5,
  country: 4.5,
};
