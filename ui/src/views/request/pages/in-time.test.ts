import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inTime } from "./in-time";
import { bytesOf, MOST_BYTES, PdfError } from "./pdf";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => undefined);

test("what does not come is given up, and what comes is passed on", async () => {
  const { signal } = new AbortController();
  const late = expect(inTime(never, 30_000, signal)).rejects.toEqual(new PdfError("slow"));
  await vi.advanceTimersByTimeAsync(30_000);
  await late;
  await expect(inTime(Promise.resolve(7), 30_000, signal)).resolves.toBe(7);
  await expect(inTime(Promise.reject(new Error("no")), 30_000, signal)).rejects.toThrow("no");
  expect(vi.getTimerCount()).toBe(0);
});

test("time in a hidden window does not count", async () => {
  const shown = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  const ended = vi.fn();
  inTime(never, 1_000).catch(ended);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).not.toHaveBeenCalled();
  shown.mockReturnValue("visible");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ended).toHaveBeenCalledOnce();
});

test("leaving ends the wait at once, also when it was left before", async () => {
  const leaving = new AbortController();
  const left = expect(inTime(never, 30_000, leaving.signal)).rejects.toThrow("gone");
  leaving.abort(new Error("gone"));
  await left;
  await expect(inTime(never, 30_000, leaving.signal)).rejects.toThrow("gone");
  expect(vi.getTimerCount()).toBe(0);
});

test("a file beyond what can be sent is not even unpacked, and text that is no base64 is damaged", () => {
  expect([...bytesOf("JVBERi0=")]).toEqual([37, 80, 68, 70, 45]);
  expect(() => bytesOf("A".repeat((MOST_BYTES / 3) * 4 + 8))).toThrow("large");
  expect(() => bytesOf("%%%%")).toThrow("damaged");
});
