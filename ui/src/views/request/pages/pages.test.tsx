import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Placement } from "../../../api/types";
import { openApp } from "../../../test/open";
import { openPlainPdf } from "../../../test/pdf";
import { PdfError, type OpenPdf, type PdfTrouble } from "./pdf";

const byId = (id: string) => screen.getByTestId(id);
const value = (id: string) => (byId(id) as HTMLInputElement).value;
const field = (name: string) => `credentials.0.placements.0.${name}`;

/** Pages of 600 by 800 pixels, one under the other with 100 between; jsdom lays nothing out. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (
    this: HTMLElement,
  ) {
    const page = /^placement-page-(\d+)$/.exec(this.dataset.testid ?? "")?.[1];
    return page ? new DOMRect(100, Number(page) * 900, 600, 800) : new DOMRect(0, 0, 900, 900);
  });
});

afterEach(() => vi.restoreAllMocks());

async function openDocument(options: { pages?: number; openPdf?: OpenPdf } = {}) {
  const { pages = 3, openPdf } = options;
  const opened = openApp({ rows: 4, document: pages, ...(openPdf ? { openPdf } : {}) });
  await screen.findByTestId("credentials.0.type");
  const placed = async (): Promise<Placement[]> => {
    await opened.user.click(byId("nav-settings"));
    await opened.user.click(byId("nav-new-request"));
    return opened.platform.fake.form.draft.credentials[0]?.placements ?? [];
  };
  return { ...opened, placed };
}

const pointer = { button: 0, pointerId: 1, pointerType: "mouse" };

function pull(element: HTMLElement, from: [number, number], to: [number, number]) {
  fireEvent.pointerDown(element, { ...pointer, clientX: from[0], clientY: from[1] });
  fireEvent.pointerMove(window, { ...pointer, clientX: to[0], clientY: to[1] });
  fireEvent.pointerUp(window, { ...pointer, clientX: to[0], clientY: to[1] });
}

/** From the keyboard: in the middle of the first page. */
async function addByKey(user: ReturnType<typeof openApp>["user"], kind: string) {
  (await screen.findByTestId(`placement-add-${kind}`)).focus();
  await user.keyboard("{Enter}");
}

test("each page of the document is there and drawn, and its numbers start empty", async () => {
  await openDocument();
  await screen.findByTestId("placement-page-2");
  await waitFor(() => expect(screen.getAllByTestId("placement-canvas")).toHaveLength(3));
  expect(byId("placement-page-1").getAttribute("aria-label")).toBe("Page 2 of 3");
  expect(screen.queryByTestId("placement-box-0")).toBeNull();
});

test("a kind that is chosen is put where a page is clicked, for whom it was chosen", async () => {
  const { user, placed } = await openDocument();
  const who = await screen.findByTestId("placement-who-0");
  await user.clear(who);
  await user.type(who, "ana@example.com");
  fireEvent.click(byId("placement-add-DATE"), { detail: 1 });
  await user.click(byId("placement-add-SIGNATURE"));
  expect(byId("placement-add-SIGNATURE").getAttribute("aria-pressed")).toBe("true");
  pull(byId("placement-page-1"), [400, 1300], [401, 1301]);
  const box = await screen.findByTestId(/^placement-box-\d$/);
  expect(box.getAttribute("aria-label")).toBe(
    "Signature of ana@example.com, page 2, 35 % from left, 46 % from top",
  );
  await waitFor(() => expect(document.activeElement).toBe(box));
  expect(byId("placement-add-SIGNATURE").getAttribute("aria-pressed")).toBe("false");
  expect(value(field("x"))).toBe("35");
  expect(value(field("pageIndex"))).toBe("1");
  expect(await placed()).toEqual([
    {
      contact: "ana@example.com",
      type: "SIGNATURE",
      identityType: "",
      x: 35,
      y: 46,
      width: 30,
      height: 8,
      pageIndex: 1,
    },
  ]);
});

test("a drag draws a field, pulls move it to another page, and a handle resizes it", async () => {
  const { user } = await openDocument();
  await user.click(await screen.findByTestId("placement-add-OPEN_TEXT"));
  pull(byId("placement-page-0"), [160, 80], [400, 160]);
  await screen.findByTestId("placement-box-0");
  expect(["x", "y", "width", "height"].map((one) => value(field(one)))).toEqual([
    "10",
    "10",
    "40",
    "10",
  ]);
  pull(byId("placement-box-0"), [170, 90], [230, 990]);
  expect(within(byId("placement-page-1")).getByTestId("placement-box-0")).toBeTruthy();
  expect(["x", "y", "pageIndex"].map((one) => value(field(one)))).toEqual(["20", "10", "1"]);
  const handle = byId("placement-box-0").querySelector<HTMLElement>("[data-handle=se]");
  if (!handle) throw new Error("no handle");
  pull(handle, [460, 1060], [2000, 5000]);
  expect(["x", "y", "width", "height"].map((one) => value(field(one)))).toEqual([
    "20",
    "10",
    "80",
    "90",
  ]);
});

test("Escape leaves a pull, and what was chosen", async () => {
  const { user } = await openDocument();
  await user.click(await screen.findByTestId("placement-add-DATE"));
  fireEvent.pointerDown(byId("placement-page-0"), { ...pointer, clientX: 160, clientY: 80 });
  await user.keyboard("{Escape}");
  fireEvent.pointerUp(window, { ...pointer, clientX: 160, clientY: 80 });
  expect(screen.queryByTestId("placement-box-0")).toBeNull();
  expect(byId("placement-add-DATE").getAttribute("aria-pressed")).toBe("false");
});

test("by keys alone a field is added, moved, resized, taken to another page, removed and brought back", async () => {
  const { user } = await openDocument();
  await addByKey(user, "SIGNATURE");
  const box = () => byId("placement-box-0");
  await waitFor(() => expect(document.activeElement).toBe(box()));
  await user.keyboard("{ArrowRight}{ArrowRight}{ArrowUp}");
  expect(box().getAttribute("aria-label")).toContain("37 % from left, 45 % from top");
  await user.keyboard("{Shift>}{ArrowRight}{ArrowDown}{ArrowDown}{/Shift}");
  expect([value(field("width")), value(field("height"))]).toEqual(["31", "10"]);
  await user.keyboard("{PageDown}");
  await waitFor(() => expect(box().getAttribute("aria-label")).toContain("page 2"));
  await waitFor(() => expect(document.activeElement).toBe(box()));
  for (let at = 0; at < 40; at++) fireEvent.keyDown(box(), { key: "ArrowLeft" });
  expect(value(field("x"))).toBe("0");
  await user.keyboard("{Delete}");
  expect(screen.queryByTestId("placement-box-0")).toBeNull();
  expect(document.activeElement).toBe(byId("pages-scroller-0"));
  await user.keyboard("{Control>}z{/Control}");
  expect(value(field("x"))).toBe("0");
  expect(box().getAttribute("aria-label")).toContain("page 2");
  box().focus();
  await user.keyboard("{Control>}z{/Control}");
  expect(value(field("x"))).toBe("1");
});

test("Tab goes from field to field, page by page, and Enter leads to the numbers", async () => {
  const { user } = await openDocument();
  await addByKey(user, "SIGNATURE");
  await waitFor(() => expect(document.activeElement).toBe(byId("placement-box-0")));
  await user.keyboard("{PageDown}");
  await addByKey(user, "DATE");
  await waitFor(() => expect(document.activeElement).toBe(byId("placement-box-1")));
  await user.tab();
  expect(document.activeElement).toBe(byId("placement-box-0"));
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(byId(field("contact")));
});

test("a number that is typed moves the field on the page, and the other way round", async () => {
  const { user } = await openDocument();
  await screen.findByTestId("placement-page-0");
  await user.click(byId("add-placement-0"));
  await user.clear(byId(field("y")));
  await user.type(byId(field("y")), "20.5");
  await waitFor(() => expect(byId("placement-box-0").style.top).toBe("20.5%"));
  await user.clear(byId(field("x")));
  await user.type(byId(field("x")), "900");
  expect(byId("placement-box-0").style.left).toBe("70%");
  byId("placement-box-0").focus();
  await user.keyboard("{ArrowLeft}");
  expect(value(field("x"))).toBe("69");
});

test("fields that overlap, or lie beyond the last page, are pointed out in both views", async () => {
  const { user } = await openDocument();
  await addByKey(user, "SIGNATURE");
  await addByKey(user, "INITIALS");
  expect((await screen.findByTestId("fields-overlap")).textContent).toContain("Fields 1 and 2");
  expect(byId("overlap-0-0").textContent).toContain("Overlaps field 2");
  expect(byId("placement-box-1").getAttribute("aria-label")).toContain("overlaps another field");
  await user.clear(byId("credentials.0.placements.1.pageIndex"));
  await user.type(byId("credentials.0.placements.1.pageIndex"), "7");
  expect(screen.queryByTestId("fields-overlap")).toBeNull();
  expect(byId("fields-beyond").textContent).toContain("Field 2 is on page 8");
});

test.each<[PdfTrouble, string]>([
  ["locked", "asks for a password"],
  ["damaged", "is damaged"],
  ["slow", "too long"],
  ["no-drawing", "did not start"],
])("a PDF that cannot be shown says why (%s), and its numbers work", async (trouble, words) => {
  const { user } = await openDocument({ openPdf: () => Promise.reject(new PdfError(trouble)) });
  expect((await screen.findByTestId("pages-trouble")).textContent).toContain(words);
  await user.click(byId("add-placement-0"));
  expect(value(field("y"))).toBe("80");
});

test("of 5,000 pages the first 200 are shown, and the rest is said to have numbers only", async () => {
  const { user } = await openDocument({ pages: 5_000 });
  expect((await screen.findByTestId("pages-not-shown")).textContent).toContain("The first 200");
  expect(screen.queryByTestId("placement-page-200")).toBeNull();
  await user.click(byId("add-placement-0"));
  await user.type(byId(field("pageIndex")), "{Backspace}4321");
  expect(screen.queryByTestId("fields-beyond")).toBeNull();
});

test("a page that cannot be drawn says so, takes fields all the same, and can be tried again", async () => {
  let broken = true;
  const openPdf: OpenPdf = async (bytes, signal) => {
    const pages = await openPlainPdf(bytes, signal);
    const draw: typeof pages.draw = (page, ...rest) =>
      broken && page === 1 ? Promise.reject(new PdfError("damaged")) : pages.draw(page, ...rest);
    return { ...pages, draw };
  };
  const { user } = await openDocument({ openPdf });
  const failed = await screen.findByTestId("placement-page-1-failed");
  await user.click(byId("placement-add-DATE"));
  pull(byId("placement-page-1"), [400, 1300], [400, 1300]);
  expect(value(field("pageIndex"))).toBe("1");
  broken = false;
  await user.click(within(failed).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.getAllByTestId("placement-canvas")).toHaveLength(3));
});

test("going elsewhere ends the drawing, and a file that opens too late is closed", async () => {
  const closed = vi.fn();
  let late: () => void = () => undefined;
  const signals: AbortSignal[] = [];
  const openPdf: OpenPdf = async (bytes, signal) => {
    signals.push(signal);
    await new Promise<void>((done) => (late = done));
    return { ...(await openPlainPdf(bytes, signal)), close: closed };
  };
  const { user } = await openDocument({ openPdf });
  await user.click(byId("nav-settings"));
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await act(async () => late());
  expect(closed).toHaveBeenCalled();
});

test("the pages have no fault that axe finds, with fields, with troubles, and without", async () => {
  const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };
  const faults = async () => {
    const { violations } = await axe.run(byId("credentials"), { rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  };
  const { user } = await openDocument({ pages: 250 });
  await screen.findByTestId("pages-not-shown");
  expect(await faults()).toEqual([]);
  await addByKey(user, "SIGNATURE");
  await addByKey(user, "CHECKBOX");
  await user.click(byId("placement-add-DATE"));
  expect(await faults()).toEqual([]);
});
