/** Says a short sentence to screen readers without moving the focus. */
import { createContext, use, useCallback, useState, type ReactNode } from "react";

const Announce = createContext<(text: string) => void>(() => undefined);

export function useAnnounce(): (text: string) => void {
  return use(Announce);
}

export function LiveRegionProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => {
    setSaid((last) => ({ text, turn: last.turn + 1 }));
  }, []);
  return (
    <Announce value={announce}>
      {children}
      {/* By this name React Aria leaves it to be heard while a dialog hides the rest. */}
      <div className="visually-hidden" role="status" aria-live="polite" data-live-announcer="true">
        {/* A new element each time, so that the same sentence is said again. */}
        <span key={said.turn}>{said.text}</span>
      </div>
    </Announce>
  );
}
