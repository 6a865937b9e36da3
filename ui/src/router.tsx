/** Where the officer is: one of seven views, kept in the address so that Back works. */
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import type { Issue } from "./api/types";

export type View =
  | "request"
  | "review"
  | "sending"
  | "requests"
  | "answers"
  | "evidence"
  | "settings";

export interface Place {
  view: View;
  /** The request that is open in "requests", or the batch in "sending". */
  id?: string;
  /** What the server said about fields; shown once at the fields of "request". */
  serverIssues?: Issue[];
}

export type Navigate = (view: View, with_?: Omit<Place, "view">) => void;

interface Router {
  place: Place;
  /** Counts up with every navigation, also to the same view. */
  visit: number;
  navigate: Navigate;
}

const RouterContext = createContext<Router | null>(null);

export function useRouter(): Router {
  const router = use(RouterContext);
  if (!router) throw new Error("useRouter needs a RouterProvider above it");
  return router;
}

export function RouterProvider({ start, children }: { start?: Place; children: ReactNode }) {
  const [{ place, visit }, setAt] = useState(() => ({ place: start ?? readHash(), visit: 0 }));

  const navigate = useCallback<Navigate>((view, details) => {
    const next: Place = { view, ...details };
    setAt((at) => ({ place: next, visit: at.visit + 1 }));
    history.pushState(null, "", toHash(next));
  }, []);

  useEffect(() => {
    const follow = () => setAt((at) => ({ place: readHash(), visit: at.visit + 1 }));
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);

  const router = useMemo(() => ({ place, visit, navigate }), [place, visit, navigate]);
  return <RouterContext value={router}>{children}</RouterContext>;
}

function toHash(place: Place): string {
  return `#/${place.view}${place.id ? `/${encodeURIComponent(place.id)}` : ""}`;
}

/** A review lives in memory only, so its address leads to the form. */
function readHash(): Place {
  const [, view, id] = location.hash.split("/");
  if (view === "requests" || view === "sending")
    return id ? { view, id: decodeURIComponent(id) } : { view };
  if (view === "settings" || view === "answers" || view === "evidence") return { view };
  return { view: "request" };
}
