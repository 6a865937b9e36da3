/** Made-up files of the stand-in: what stands in them, and how they look when read another way. */
import type { Column, Delimiter, Preview, Reading, Source, Target } from "../../api/types";
import type { Found } from "./judge";

export const ENCODINGS = ["UTF-8", "windows-1252", "ISO-8859-15", "UTF-16LE", "macintosh"];

export function plainSource(name: string): Source {
  return {
    name,
    sheet: null,
    format: "csv",
    rows: 0,
    blank: 0,
    encoding: "UTF-8",
    delimiter: "semicolon",
    header: true,
    columns: [
      { name: "email", target: "email", samples: ["john.doe@example.com"] },
      { name: "notes", target: "ignored", samples: ["calls on Mondays"] },
    ],
  };
}

export function byHand(name: string): Source {
  const format = name === "Pasted cells" ? "pasted" : "byHand";
  return {
    ...plainSource(name),
    format,
    encoding: null,
    delimiter: null,
    header: false,
    columns: [],
  };
}

/** A workbook with a column for each field. */
export function wideSource(): Source {
  const column = (name: string, target: Target, ...samples: string[]): Column => ({
    name,
    target,
    samples,
  });
  return {
    ...plainSource("clients-q4.xlsx"),
    sheet: "Clients",
    format: "workbook",
    encoding: null,
    delimiter: null,
    columns: [
      column("Name", "name", "Ana Sousa", "João Matos", "Inês Rocha"),
      column("E-mail", "email", "ana@example.com", "joao@example.com"),
      column("Document no.", "docId", "123456789", "007654321"),
      column("Language", "language", "PRT", "ENG"),
      column("Client id", "internalId", "C-1001", "C-1002"),
      column("Other contact", "secondaryContact", "+351912345678"),
      column("Country", "country", "PT", "GB"),
    ],
  };
}

const NAMES = ["Ana Sousa", "João Matos", "Inês Rocha", "Rui Faria", "Marta Lopes"];

export function wideCells(contact: string, at: number): Found["cells"] {
  return {
    contact: at === 5 ? "ana.asked@example.com" : at % 40 === 9 ? `p${at}@gmial.com` : contact,
    docId: at % 25 === 4 ? "9.87654E+08" : at % 7 === 3 ? "" : String(123_456_000 + at),
    language: at % 30 === 11 ? "Portuguese" : at % 2 ? "PRT" : "ENG",
    internalId: `C-${1001 + at}`,
    secondaryContact: at % 3 ? "" : `+3519312${String(10_000 + at)}`,
    name: NAMES[at % NAMES.length] ?? "",
    country: at % 2 ? "PT" : "GB",
  };
}

/** Read with the wrong delimiter a file has one column; in the wrong encoding some rows are lost. */
export function preview(source: Source, reading: Reading): Preview {
  const delimiter: Delimiter | null = reading.delimiter ?? source.delimiter;
  const header = reading.header ?? source.header;
  const encoding = reading.encoding ?? source.encoding;
  const split = delimiter === source.delimiter;
  const named = source.columns.map((column, at) =>
    header ? column : { ...column, name: `Column ${at + 1}` },
  );
  const columns: Column[] = split
    ? named
    : [
        {
          name: named.map((column) => column.name).join(";"),
          target: "ignored",
          samples: [],
        },
      ];
  const rows = Array.from({ length: 8 }, (_, at) => {
    const cells = source.columns.map(
      (column) => column.samples[at % Math.max(1, column.samples.length)] ?? "",
    );
    return split ? cells : [cells.join(";")];
  });
  const unreadable = encoding === source.encoding ? 0 : 2;
  return { columns, rows, encoding, delimiter, header, count: source.rows, unreadable };
}
