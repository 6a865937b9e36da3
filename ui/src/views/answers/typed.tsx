/** What is typed to be opened, kept above the views: going to Settings for a secret loses nothing. */
import { createContext, use, useMemo, useState, type ReactNode } from "react";

export interface TypedPayload {
  text: string;
  /** The two lines of a webhook. */
  headers: string;
}

type Change = (part: Partial<TypedPayload>) => void;

const TypedContext = createContext<readonly [TypedPayload, Change] | null>(null);

export function TypedPayloadProvider({ children }: { children: ReactNode }) {
  const [typed, setTyped] = useState<TypedPayload>({ text: "", headers: "" });
  const value = useMemo(
    () =>
      [typed, (part: Partial<TypedPayload>) => setTyped((now) => ({ ...now, ...part }))] as const,
    [typed],
  );
  return <TypedContext value={value}>{children}</TypedContext>;
}

export function useTypedPayload(): readonly [TypedPayload, Change] {
  const typed = use(TypedContext);
  if (!typed) throw new Error("useTypedPayload needs a TypedPayloadProvider above it");
  return typed;
}
