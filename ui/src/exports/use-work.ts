/** Something that takes a while in the shell: how far it is, and a way to end it. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asProblem } from "../api/problems";
import type { ExportProgress, Problem } from "../api/types";
import { usePlatform, type Platform } from "../platform";

export interface Work {
  start: () => void;
  busy: boolean;
  problem: Problem | null;
  /** Null while nothing is told of it, as while the officer chooses where to save. */
  progress: ExportProgress | null;
  end: () => void;
  ending: boolean;
}

export function useWork<T>(run: (platform: Platform) => Promise<T>, onDone: (result: T) => void) {
  const platform = usePlatform();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  useEffect(() => platform.onExportProgress(setProgress), [platform]);
  const ending = useMutation({ mutationFn: () => platform.cancelExport() });
  const work = useMutation({
    mutationFn: () => run(platform),
    onSuccess: onDone,
    onSettled: () => {
      setProgress(null);
      ending.reset();
    },
  });
  const thrown = work.error ?? ending.error;
  const all: Work = {
    start: () => work.mutate(),
    busy: work.isPending,
    problem: thrown && asProblem(thrown),
    progress: work.isPending ? progress : null,
    end: () => ending.mutate(),
    ending: work.isPending && (ending.isPending || ending.isSuccess),
  };
  return all;
}
