import { isoUtc, localText, utcText } from "./times";

export function Moment({ atMs, text }: { atMs: number; text?: string }) {
  return (
    <time dateTime={isoUtc(atMs)} title={utcText(atMs)}>
      {text ?? localText(atMs)}
    </time>
  );
}
