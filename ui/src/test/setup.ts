import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// jsdom has no `CSS.escape`; for the ids of this UI every other character escaped is enough.
globalThis.CSS ??= {} as typeof CSS;
CSS.escape ??= (text) => text.replace(/[^\w-]/g, String.raw`\$&`);

afterEach(() => {
  cleanup();
  history.replaceState(null, "", "/");
});

// jsdom lays nothing out; virtual lists need to hear of a window of some height and rows of some height.
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { configurable: true, get: heightOf },
  clientHeight: { configurable: true, get: heightOf },
  clientWidth: { configurable: true, get: () => 600 },
});

function heightOf(this: HTMLElement): number {
  return this.hasAttribute("data-index") ? 41 : 369;
}
