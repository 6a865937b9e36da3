/** Gives the UI its one platform: the shell, or in development with `?fake` a stand-in in memory. */
import { createContext, use, type ReactNode } from "react";
import type { Platform } from "./platform";

export type { BatchAsk, ChosenDocument, Platform } from "./platform";

const PlatformContext = createContext<Platform | null>(null);

export function PlatformProvider({
  platform,
  children,
}: {
  platform: Platform;
  children: ReactNode;
}) {
  return <PlatformContext value={platform}>{children}</PlatformContext>;
}

export function usePlatform(): Platform {
  const platform = use(PlatformContext);
  if (!platform) throw new Error("usePlatform needs a PlatformProvider above it");
  return platform;
}

export async function pickPlatform(): Promise<Platform> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("fake")) {
    const { fakeFromLocation } = await import("./fake");
    return fakeFromLocation(location.search);
  }
  const { tauriPlatform } = await import("./tauri");
  return tauriPlatform;
}
