/** Says how many rows are shown once that is known, when the officer asks for others; not when they change by themselves. */
import { useEffect, useEffectEvent, useRef } from "react";
import { useAnnounce } from "../components";

/** `count` is null while the rows are on their way. */
export function useCountSaid(
  asked: string,
  count: number | null,
  words: (count: number) => string,
): void {
  const announce = useAnnounce();
  const said = useRef(asked);
  const say = useEffectEvent((known: number) => announce(words(known)));
  useEffect(() => {
    if (count === null || said.current === asked) return;
    said.current = asked;
    say(count);
  }, [asked, count]);
}
