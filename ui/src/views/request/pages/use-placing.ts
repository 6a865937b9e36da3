/** Changes of a document's fields, each of which can be taken back. The draft holds them; here is only what was before. */
import { useState } from "react";
import type { Placement, PlacementType } from "../../../api/types";
import { inCredential } from "../CredentialEditor";
import { emptyPlacement, removeAt, replaceAt } from "../draft";
import { useFormStore } from "../FormProvider";
import type { Box } from "./geometry";
import { after, type History } from "./history";

export interface Placing {
  /** Returns the place in the list that it gets. */
  add(type: PlacementType, contact: string, pageIndex: number, box: Box): number;
  put(index: number, change: Partial<Placement>): void;
  remove(index: number): void;
  undo: (() => void) | null;
}

export function usePlacing(at: number, fields: Placement[]): Placing {
  const store = useFormStore();
  const path = `credentials.${at}.placements`;
  const [history, setHistory] = useState<History>({ now: fields, past: [] });
  const known = after(history, fields);
  if (known !== history) setHistory(known);
  const before = known.past.at(-1);

  const change = (to: string, recipe: (fields: Placement[]) => Placement[]) =>
    store.change(
      to,
      inCredential(at, (now) => ({ ...now, placements: recipe(now.placements) })),
    );

  return {
    add: (type, contact, pageIndex, box) => {
      const field = { ...emptyPlacement(), ...box, type, contact, pageIndex };
      change(path, (all) => [...all, field]);
      return fields.length;
    },
    put: (index, what) =>
      change(`${path}.${index}`, (all) => {
        const field = all[index];
        if (!field) return all;
        const put = { ...field, ...what };
        // A key at the edge of the page changes nothing, and is no step to take back.
        const keys = Object.keys(what) as (keyof Placement)[];
        return keys.every((key) => put[key] === field[key]) ? all : replaceAt(all, index, put);
      }),
    remove: (index) => change(path, (all) => removeAt(all, index)),
    // The very list of before, by which it is known again.
    undo: before ? () => change(path, () => before as Placement[]) : null,
  };
}
