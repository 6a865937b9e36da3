/** A PDF of some pages, as small as a real one can be: letters on A4, with the font that every reader has. */

/** In base64. */
export function samplePdf(pages: number, media = "0 0 595 842"): string {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, at) => `${4 + 2 * at} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...Array.from({ length: pages }, (_, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [${media}] /Contents ${5 + 2 * at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(words(at + 1, pages > 100 ? 2 : 24)),
    ]).flat(),
  ];
  let text = "%PDF-1.7\n";
  const starts = objects.map((object, at) => {
    const start = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = text.length;
  const entries = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return btoa(text);
}

function stream(text: string): string {
  return `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
}

function words(page: number, count: number): string {
  const lines = Array.from(
    { length: count },
    (_, at) =>
      `(${page}.${at + 1}  The parties keep what they learn of each other to themselves.) Tj`,
  );
  return `BT /F1 18 Tf 60 770 Td (Agreement, page ${page}) Tj /F1 11 Tf 0 -40 Td 18 TL ${lines.join(" T* ")} ET\n60 130 m 260 130 l S`;
}
