/** Paste: the shell reads the clipboard, so that cells copied from a spreadsheet keep their columns. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useState } from "react";
import { asProblem } from "../../../api/problems";
import type { Problem } from "../../../api/types";
import { useAnnounce } from "../../../components";
import { takesText } from "../../../grid";
import { useImport } from "../list";
import { useSayAdded } from "./added-words";
import { useListAtWork } from "./progress";

export function usePaste(onProblem: (problem: Problem | null) => void) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const say = useSayAdded();
  const { busy } = useListAtWork();
  const [empty, setEmpty] = useState(false);
  const command = useImport((platform) => platform.listPaste());
  const waits = busy || command.isPending;

  const paste = () => {
    if (waits) return;
    command.mutate(undefined, {
      onSuccess: (report) => {
        onProblem(null);
        setEmpty(report === null);
        if (report) say(report);
        else announce(t`There is no text on the clipboard.`);
      },
      onError: (thrown) => onProblem(asProblem(thrown)),
    });
  };

  // In a text field, and in a dialog, pasting means what it always does.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
    if (event.key.toLowerCase() !== "v" || !(ctrlKey || metaKey)) return;
    if (altKey || shiftKey || repeat || takesText(event.target)) return;
    if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
    event.preventDefault();
    paste();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  return { paste, waits, empty };
}
