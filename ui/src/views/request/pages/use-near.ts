/** Whether an element is in view, or about to be. */
import { useEffect, useState, type RefObject } from "react";

export function useNear(element: RefObject<HTMLElement | null>, margin = "50%"): boolean {
  const [near, setNear] = useState(typeof IntersectionObserver === "undefined");

  useEffect(() => {
    const watched = element.current;
    if (!watched || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: margin },
    );
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element, margin]);

  return near;
}
