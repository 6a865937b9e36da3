/** The contact list of the stand-in, in memory, with undo. */
import type {
  Field,
  ImportReport,
  ListAsk,
  Preview,
  ReasonCode,
  Reading,
  Row,
  RowPage,
  Source,
  Summary,
  Target,
} from "../../api/types";
import { judge, reason, withState, type Found } from "./judge";
import { countReasons, select } from "./list-ask";
import { byHand, plainSource, preview, wideCells, wideSource } from "./sources";

interface State {
  found: Found[];
  sources: Source[];
}

const FIELDS: Field[] = [
  "docId",
  "language",
  "internalId",
  "secondaryContact",
  "name",
  "country",
] as const;

export function fakeList() {
  let now: State = { found: [], sources: [] };
  let before: { label: string; state: State }[] = [];
  let region = "PT";
  let nextId = 1;
  let judged: Row[] = [];
  let asked: { key: string; rows: Row[] } | null = null;

  function change(label: string | null, next: Partial<State>) {
    if (label) before = [...before, { label, state: now }];
    now = { ...now, ...next };
    judgeAll();
  }

  /** Of rows with the same contact only the first is asked; alike suggestions are counted. */
  function judgeAll() {
    const seen = new Set<string>();
    const alike = new Map<ReasonCode, number>();
    judged = now.found.map((found) => {
      const row = judge(found, region);
      for (const { code, suggestion } of row.reasons) {
        if (suggestion) alike.set(code, (alike.get(code) ?? 0) + 1);
      }
      if (!row.contact || !seen.has(row.contact)) {
        if (row.contact) seen.add(row.contact);
        return row;
      }
      return withState({
        ...row,
        reasons: [reason("duplicate", "contact", "In the list already")],
      });
    });
    judged.forEach((row) =>
      row.reasons.forEach((one) => (one.alike = one.suggestion ? (alike.get(one.code) ?? 1) : 0)),
    );
    asked = null;
  }

  function shown(ask: ListAsk): Row[] {
    const key = JSON.stringify([ask.show, ask.reason, ask.search, ask.sort]);
    asked = asked?.key === key ? asked : { key, rows: select(judged, ask) };
    return asked.rows;
  }

  function summary(): Summary {
    const count = (state: Row["state"]) => judged.filter((row) => row.state === state).length;
    const rowsOf = new Map<number, number>();
    now.found.forEach(({ source }) => rowsOf.set(source, (rowsOf.get(source) ?? 0) + 1));
    return {
      all: judged.length,
      ready: count("ready"),
      warnings: count("warning"),
      errors: count("error"),
      region,
      sources: now.sources.map((source, at) => ({ ...source, rows: rowsOf.get(at) ?? 0 })),
      reasons: countReasons(judged),
      fields: FIELDS.filter((field) => now.found.some(({ cells }) => cells[field] !== undefined)),
      undo: before.at(-1)?.label ?? null,
    };
  }

  function take(source: Source, cells: Found["cells"][]): ImportReport {
    const at = now.sources.length;
    const added = cells.map((one, line) => ({
      id: nextId++,
      source: at,
      line: source.format === "byHand" ? 0 : line + (source.header ? 2 : 1),
      cells: one,
    }));
    change(`Added ${added.length.toLocaleString("en")} rows`, {
      found: [...now.found, ...added],
      sources: [...now.sources, source],
    });
    const fresh = judged.slice(-added.length || judged.length);
    const count = (state: Row["state"]) => fresh.filter((row) => row.state === state).length;
    const [ready, warnings, errors] = [count("ready"), count("warning"), count("error")];
    const counts = { added: added.length, ready, warnings, errors };
    return { summary: summary(), ...counts, problems: [], notes: [] };
  }

  function remove(gone: (found: Found) => boolean): Summary {
    const found = now.found.filter((one) => !gone(one));
    const count = now.found.length - found.length;
    const said = `Removed ${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}`;
    change(said, { found });
    return summary();
  }

  function write(label: string, ids: ReadonlySet<number>, to: (row: Row) => Found["cells"]) {
    const rows = new Map(judged.filter(({ id }) => ids.has(id)).map((row) => [row.id, row]));
    const found = now.found.map((one) => {
      const row = rows.get(one.id);
      return row ? { ...one, cells: { ...one.cells, ...to(row) } } : one;
    });
    change(label, { found });
    return summary();
  }

  return {
    contacts: () =>
      judged.flatMap((row) => (row.state !== "error" && row.contact ? [row.contact] : [])),
    summary,
    rows({ offset, limit, ...ask }: ListAsk & { offset: number; limit: number }): RowPage {
      const rows = shown(ask);
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    add(text: string, name = "Added by hand"): ImportReport {
      const cells = text.split(/[\n;,]+/).filter((line) => line.trim());
      const source = name.includes(".") ? plainSource(name) : byHand(name);
      return take(
        source,
        cells.map((contact) => ({ contact: contact.trim() })),
      );
    },
    addWide(contacts: string[]): ImportReport {
      return take(wideSource(), contacts.map(wideCells));
    },
    edit: (id: number, field: Field, text: string): Summary =>
      write("Edited a row", new Set([id]), () => ({ [field]: text })),
    accept(id: number, code: ReasonCode, alike: boolean): Summary {
      const mends = (row: Row) => row.reasons.find((one) => one.code === code && one.suggestion);
      const ids = judged
        .filter((row) => (alike || row.id === id) && mends(row))
        .map((row) => row.id);
      return write("Accepted suggestions", new Set(ids), (row) => {
        const mend = mends(row);
        return mend?.suggestion ? { [mend.field]: mend.suggestion } : {};
      });
    },
    remove: (ids: number[]): Summary => remove(({ id }) => ids.includes(id)),
    removeShown(ask: ListAsk): Summary {
      const ids = new Set(shown(ask).map((row) => row.id));
      return remove(({ id }) => ids.has(id));
    },
    removeSource: (source: number): Summary => remove((found) => found.source === source),
    undo(): Summary {
      const last = before.at(-1);
      before = before.slice(0, -1);
      if (last) change(null, last.state);
      return summary();
    },
    clear(): Summary {
      before = [];
      change(null, { found: [], sources: [] });
      return summary();
    },
    region(to: string): Summary {
      region = to;
      change(null, {});
      return summary();
    },
    preview(source: number, reading: Reading): Preview {
      return preview(summary().sources[source] ?? plainSource("?"), reading);
    },
    read(source: number, reading: Reading, targets: Target[]): Summary {
      const sources = now.sources.map((one, at) => {
        if (at !== source) return one;
        const as = preview(one, reading);
        const columns = as.columns.map((column, index) => ({
          ...column,
          target: targets[index] ?? column.target,
        }));
        const { encoding, delimiter, header } = as;
        return { ...one, encoding, delimiter, header, columns };
      });
      change(`Read ${now.sources[source]?.name} anew`, { sources });
      return summary();
    },
  };
}
