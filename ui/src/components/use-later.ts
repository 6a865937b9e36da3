/** The value once it has stood still; the empty one at once. */
import { useEffect, useState } from "react";

export function useLater(value: string, afterMs: number): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), value ? afterMs : 0);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return later;
}
