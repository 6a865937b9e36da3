/** Says how many rows are shown when the officer asks for others. */
import { plural } from "@lingui/core/macro";
import { useEffect, useRef } from "react";
import type { ListAsk } from "../../../api/types";
import { useAnnounce } from "../../../components";

/** `count` is null while the rows are on their way. */
export function useShownSaid(ask: ListAsk, count: number | null) {
  const announce = useAnnounce();
  const { show, reason, search } = ask;
  const asked = `${show} ${reason} ${search}`;
  const said = useRef(asked);
  useEffect(() => {
    if (count === null || said.current === asked) return;
    said.current = asked;
    announce(plural(count, { 0: "No row matches.", one: "# row shown.", other: "# rows shown." }));
  }, [announce, asked, count]);
}
