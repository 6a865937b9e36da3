/** A page: its picture as long as it is in view, and the fields on it, which are there always. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState, type PointerEvent, type ReactNode } from "react";
import { Button } from "../../../components";
import { troubleOf, type PdfPages, type PdfTrouble } from "./pdf";
import styles from "./Pages.module.css";
import { useNear } from "./use-near";
import { useWidth } from "./use-width";

const REDRAW_AFTER_MS = 200;

export interface PageFrameProps {
  at: number;
  count: number;
  pages: PdfPages;
  /** Of the first page, as long as that of this one is not known. */
  usualAspect: number;
  armed: boolean;
  paper: (page: number, element: HTMLElement | null) => void;
  onPress: (event: PointerEvent) => void;
  children: ReactNode;
}

export function PageFrame(props: PageFrameProps) {
  const { at, count, pages, paper } = props;
  const { t } = useLingui();
  const ref = useRef<HTMLDivElement>(null);
  const near = useNear(ref);
  // Counts the tries at drawing it.
  const [turn, setTurn] = useState(0);
  const [aspect, setAspect] = useState<number | null>(null);
  const page = at + 1;

  useEffect(() => {
    paper(at, ref.current);
    return () => paper(at, null);
  }, [paper, at]);

  useEffect(() => {
    if (!near || aspect !== null) return;
    let here = true;
    pages.aspect(at).then(
      (found) => here && setAspect(found),
      // Drawing it fails as well, and says so.
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [near, aspect, pages, at]);

  return (
    <div className={styles.frame}>
      <p className={styles.number} aria-hidden="true">
        <Trans>
          Page {page} of {count}
        </Trans>
      </p>
      <div
        ref={ref}
        role="group"
        aria-label={t`Page ${page} of ${count}`}
        className={styles.paper}
        data-testid={`placement-page-${at}`}
        data-armed={props.armed || undefined}
        style={{ aspectRatio: aspect ?? props.usualAspect }}
        onPointerDown={props.onPress}
      >
        {near ? (
          <Picture key={turn} at={at} pages={pages} onRetry={() => setTurn((count) => count + 1)} />
        ) : null}
        {props.children}
      </div>
    </div>
  );
}

function Picture(props: { at: number; pages: PdfPages; onRetry: () => void }) {
  const { at, pages } = props;
  const holder = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"drawing" | "drawn" | PdfTrouble>("drawing");
  const width = useWidth(holder);

  useEffect(() => {
    const into = holder.current;
    if (!into || width === 0) return;
    const leaving = new AbortController();
    const draw = async () => {
      try {
        const pixels = Math.round(width * (window.devicePixelRatio || 1));
        const canvas = await pages.draw(at, pixels, leaving.signal);
        if (leaving.signal.aborted) return;
        canvas.dataset.testid = "placement-canvas";
        // It takes the place of one of another size, which stays until then.
        drop(into);
        into.replaceChildren(canvas);
        setState("drawn");
      } catch (thrown) {
        if (!leaving.signal.aborted) setState(troubleOf(thrown));
      }
    };
    // While the window is being resized there is a picture already.
    const timer = setTimeout(() => void draw(), into.childElementCount > 0 ? REDRAW_AFTER_MS : 0);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [at, pages, width]);

  useEffect(() => {
    const into = holder.current;
    return () => drop(into);
  }, []);

  return (
    <>
      <div ref={holder} className={styles.picture} aria-hidden="true" />
      {state === "drawing" ? (
        <p className={styles.overPaper}>
          <Trans>Drawing the page…</Trans>
        </p>
      ) : state === "slow" ? (
        <p className={styles.overPaper} data-testid={`placement-page-${at}-failed`}>
          <Trans>
            Drawing was given up: a page took too long. Fields can still be put on the pages.
          </Trans>
        </p>
      ) : state !== "drawn" ? (
        <div className={styles.overPaper} data-testid={`placement-page-${at}-failed`}>
          <p>
            <Trans>This page cannot be drawn. Fields can still be put on it.</Trans>
          </p>
          <Button onPress={props.onRetry}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Browsers keep the memory of a canvas for a while; one without size has none. */
function drop(holder: HTMLElement | null) {
  for (const canvas of holder?.querySelectorAll("canvas") ?? []) canvas.width = 0;
}
