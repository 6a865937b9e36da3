import { expect, test } from "vitest";
import type { BatchView } from "../../api/types";
import { withBatch } from "./batches";

const at = (id: string, revision: number, why = ""): BatchView =>
  ({ id, revision, why }) as BatchView;

test("an answer that comes after a later event changes nothing", () => {
  const known = [at("b", 7, "paused"), at("a", 2)];
  expect(withBatch(known, at("b", 5, "pausing"))).toEqual(known);
  expect(withBatch(known, at("b", 8, "sending"))).toEqual([at("b", 8, "sending"), at("a", 2)]);
  expect(withBatch(known, at("c", 9))).toEqual([at("c", 9), ...known]);
});
