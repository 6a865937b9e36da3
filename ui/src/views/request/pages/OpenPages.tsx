/** The pages of a PDF that is open, with its fields, and what can be done to them. */
import { useLingui } from "@lingui/react/macro";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { Credential, PlacementType } from "../../../api/types";
import { focusSoon, goToControl, useAnnounce } from "../../../components";
import { useSomeContacts } from "../list";
import { about, onPage, type Box } from "./geometry";
import { boxOf, during } from "./gesture";
import { PageField } from "./PageField";
import { PageFrame } from "./PageFrame";
import { PagesBar } from "./PagesBar";
import { PagesNotes } from "./PagesNotes";
import type { PdfPages } from "./pdf";
import { marksOf } from "./people";
import styles from "./Pages.module.css";
import { useGesture } from "./use-gesture";
import { usePlacing } from "./use-placing";

/** So many pages are shown; fields on those behind them are put there by numbers. */
const MOST_PAGES = 200;

/** So many pixels stay over a page that is gone to, for its number. */
const OVER_PAGE = 32;

export interface PagesProps {
  at: number;
  credential: Credential;
  /** For each field, those it overlaps. */
  overlapping: readonly (readonly number[])[];
}

export function OpenPages(props: PagesProps & { pages: PdfPages; aspect: number }) {
  const { at, credential, pages, overlapping } = props;
  const { t } = useLingui();
  const announce = useAnnounce();
  const hintId = useId();
  const fields = credential.placements;
  const placing = usePlacing(at, fields);
  const contacts = useSomeContacts();
  const [chosen, setChosen] = useState<string | null>(null);
  const [armed, setArmed] = useState<PlacementType | null>(null);
  const [zoom, setZoom] = useState(100);
  const scroller = useRef<HTMLDivElement>(null);
  const who = chosen ?? fields.at(-1)?.contact ?? contacts[0] ?? "";
  const marks = marksOf(fields.map(({ contact }) => contact));
  const shown = Math.min(pages.count, MOST_PAGES);

  const focusField = (index: number) => focusSoon(boxSelector(at, index));
  const add = (type: PlacementType, page: number, box: Box) => {
    setArmed(null);
    focusField(placing.add(type, who, page, box));
  };
  const pointing = useGesture({
    drawn: add,
    put: (index, pageIndex, box) => {
      placing.put(index, { ...box, pageIndex });
      focusField(index);
    },
  });
  const { gesture } = pointing;
  const drawn = gesture?.act === "draw" && gesture.pulled ? gesture : null;

  const turn = (index: number, by: number) => {
    const field = fields[index];
    if (!field) return;
    const pageIndex = Math.min(Math.max(field.pageIndex + by, 0), shown - 1);
    if (pageIndex === field.pageIndex) return;
    placing.put(index, { pageIndex });
    const page = pageIndex + 1;
    announce(t`Now on page ${page}`);
    focusField(index);
  };
  const remove = (index: number) => {
    placing.remove(index);
    announce(t`Field removed. Ctrl and Z brings it back.`);
    if (fields.length > 1) focusField(Math.min(index, fields.length - 2));
    else scroller.current?.focus();
  };
  const undo = () => {
    placing.undo?.();
    announce(t`Undone`);
    // What had the focus may be gone.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) scroller.current?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
    // In a text it takes back what was typed there.
    if (isUndo && placing.undo && !(event.target instanceof HTMLInputElement)) undo();
    else if (event.key === "Escape" && armed) setArmed(null);
    else return;
    event.preventDefault();
  };
  const inMiddle = () => middlePage(scroller.current, pointing.papers);
  const showPage = (page: number) => {
    const paper = pointing.papers.get(page);
    if (!scroller.current || !paper) return;
    // Only the pages are scrolled, not the form around them.
    const view = scroller.current.getBoundingClientRect();
    scroller.current.scrollTop += paper.getBoundingClientRect().top - view.top - OVER_PAGE;
  };
  const shownFields = during(gesture, fields);

  return (
    // Keys pressed on what it holds arrive here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.open} onKeyDown={onKeyDown}>
      <PagesBar
        at={at}
        who={who}
        contacts={contacts}
        onWho={setChosen}
        armed={armed}
        onArm={setArmed}
        onAdd={(type) => {
          add(type, inMiddle(), about({ x: 50, y: 50 }, type));
        }}
        shown={shown}
        onPage={showPage}
        zoom={zoom}
        onZoom={(percent) => {
          const page = inMiddle();
          setZoom(percent);
          requestAnimationFrame(() => showPage(page));
        }}
        onUndo={placing.undo && undo}
        hintId={hintId}
      />
      <div
        ref={scroller}
        className={styles.scroller}
        data-testid={`pages-scroller-${at}`}
        data-at={at}
        role="application"
        aria-label={t`Pages with their fields`}
        // It is scrolled by keys too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div className={styles.roll} style={{ width: `${zoom}%` }}>
          {Array.from({ length: shown }, (_, page) => (
            <PageFrame
              key={page}
              at={page}
              count={pages.count}
              pages={pages}
              usualAspect={props.aspect}
              armed={armed !== null}
              paper={pointing.paper}
              onPress={(event) => {
                if (armed) pointing.draw(event, page, armed);
              }}
            >
              {shownFields.map((field, index) =>
                field.pageIndex === page ? (
                  <PageField
                    // A field is tied to its place in the list.
                    // oxlint-disable-next-line react/no-array-index-key
                    key={index}
                    index={index}
                    field={field}
                    mark={marks.get(field.contact)}
                    overlapping={(overlapping[index]?.length ?? 0) > 0}
                    hintId={hintId}
                    onPut={(box) => placing.put(index, box)}
                    onTurn={(by) => turn(index, by)}
                    onRemove={() => remove(index)}
                    onOpen={() => goToControl(`credentials.${at}.placements.${index}.contact`)}
                    onPull={(event, handle) => pointing.pull(event, index, field, handle)}
                  />
                ) : null,
              )}
              {drawn?.page === page ? <Drawn box={boxOf(drawn)} /> : null}
            </PageFrame>
          ))}
        </div>
      </div>
      <PagesNotes
        fields={fields}
        count={pages.count}
        shown={shown}
        overlapping={overlapping}
        marks={marks}
      />
    </div>
  );
}

function Drawn({ box }: { box: Box }) {
  const { x, y, width, height } = onPage(box);
  return (
    <div
      className={styles.drawn}
      style={{ left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` }}
    />
  );
}

function boxSelector(at: number, index: number): string {
  return `[data-testid="pages-scroller-${at}"] [data-testid="placement-box-${index}"]`;
}

/** The page in the middle of what is seen. */
function middlePage(
  scroller: HTMLElement | null,
  papers: ReadonlyMap<number, HTMLElement>,
): number {
  if (!scroller) return 0;
  const view = scroller.getBoundingClientRect();
  const middle = (view.top + view.bottom) / 2;
  const [nearest = 0] = [...papers]
    .map(([page, paper]) => {
      const { top, bottom } = paper.getBoundingClientRect();
      return { page, away: Math.max(top - middle, middle - bottom, 0) };
    })
    .toSorted((a, b) => a.away - b.away || a.page - b.page)
    .map(({ page }) => page);
  return nearest;
}
