/**
 * A very long list is shown in parts. An element may be no taller than about 33 million pixels in WebKit (and half
 * that where the screen's scale is doubled), which a million rows exceed: the last ones could never be scrolled to.
 */
import { useState } from "react";

export const PART = 100_000;

export interface Part {
  /** Of all rows, the first of this part. */
  base: number;
  count: number;
  at: number;
  of: number;
  go: (part: number) => void;
}

export function useParts(total: number): Part {
  const [wanted, setWanted] = useState(0);
  const of = Math.max(1, Math.ceil(total / PART));
  const at = Math.min(wanted, of - 1);
  const base = at * PART;
  return { base, count: Math.min(PART, total - base), at, of, go: setWanted };
}

export function partOf(index: number): number {
  return Math.floor(index / PART);
}
