/** The contact list of the stand-in: judges roughly as the shell does, well enough to look at. */
import type {
  ImportReport,
  Reason,
  ReasonCode,
  ReasonCount,
  Row,
  RowPage,
  Show,
  Summary,
} from "../../api/types";

export function fakeList() {
  let rows: Row[] = [];
  let region = "PT";
  let nextId = 1;

  function judge(id: number, line: number, text: string): Row {
    const clean = text.trim();
    const base = { id, source: 0, line, text };
    const row = (
      contact: string | null,
      kind: Row["kind"],
      reasons: Reason[],
      bad = false,
    ): Row => ({
      ...base,
      contact,
      kind,
      state: bad ? "error" : reasons.length > 0 ? "warning" : "ready",
      reasons,
    });
    if (clean.includes("@")) {
      if (!/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(clean)) {
        return row(null, null, [reason("emailForm", "Not a complete email address")], true);
      }
      const mended = clean.replace(/@gmial\.com$/, "@gmail.com");
      const typo = mended === clean ? [] : [reason("emailTypo", "Did you mean gmail.com?", mended)];
      return row(clean, "email", typo);
    }
    const digits = clean.replace(/[^\d+]/g, "");
    if (digits.length < 9) {
      const where = region === "PT" ? "Portugal" : region;
      return row(null, null, [reason("phoneTooShort", `Too short for a phone in ${where}`)], true);
    }
    return row(digits.startsWith("+") ? digits : `+351${digits}`, "phone", []);
  }

  /** Of rows with the same contact only the first is asked. */
  function markDuplicates() {
    const seen = new Set<string>();
    rows = rows.map((row) => {
      const fresh = judge(row.id, row.line, row.text);
      if (!fresh.contact) return fresh;
      if (!seen.has(fresh.contact)) {
        seen.add(fresh.contact);
        return fresh;
      }
      const twice = reason("duplicate", "In the list already");
      return { ...fresh, state: "error" as const, reasons: [twice] };
    });
  }

  function summary(): Summary {
    const reasons = new Map<ReasonCode, ReasonCount>();
    for (const [state, { code, message }] of rows.flatMap((row) =>
      row.reasons.map((reason) => [row.state, reason] as const),
    )) {
      const so = reasons.get(code) ?? { code, state, message, count: 0 };
      reasons.set(code, { ...so, count: so.count + 1 });
    }
    const count = (state: Row["state"]) => rows.filter((row) => row.state === state).length;
    return {
      all: rows.length,
      ready: count("ready"),
      warnings: count("warning"),
      errors: count("error"),
      region,
      sources:
        rows.length === 0
          ? []
          : [
              {
                name: "clients-q4.csv",
                rows: rows.length,
                blank: 0,
                encoding: "UTF-8",
                delimiter: "semicolon",
                header: true,
                column: "email",
              },
            ],
      reasons: [...reasons.values()],
    };
  }

  const RANK = { error: 0, warning: 1, ready: 2 };

  return {
    contacts: () =>
      rows.flatMap((row) => (row.state !== "error" && row.contact ? [row.contact] : [])),
    summary,
    rows({ show, search, offset, limit }: RowsAsked): RowPage {
      const wanted = rows
        .filter((row) => show === "all" || `${row.state}s` === show || row.state === show)
        .filter((row) => row.text.toLowerCase().includes(search.toLowerCase()))
        .toSorted((a, b) => RANK[a.state] - RANK[b.state] || a.id - b.id);
      return { total: wanted.length, rows: wanted.slice(offset, offset + limit) };
    },
    add(text: string): ImportReport {
      const lines = text.split(/[\n;,]+/).filter((line) => line.trim());
      const before = rows.length;
      const added = lines.map((line, at) => judge(nextId++, before + at + 1, line.trim()));
      rows = [...rows, ...added];
      markDuplicates();
      return { summary: summary(), added: lines.length, problems: [] };
    },
    edit(id: number, text: string): Summary {
      rows = rows.map((row) => (row.id === id ? { ...row, text } : row));
      markDuplicates();
      return summary();
    },
    remove(ids: number[]): Summary {
      rows = rows.filter((row) => !ids.includes(row.id));
      markDuplicates();
      return summary();
    },
    clear(): Summary {
      rows = [];
      return summary();
    },
    region(to: string): Summary {
      region = to;
      markDuplicates();
      return summary();
    },
  };
}

interface RowsAsked {
  show: Show;
  search: string;
  offset: number;
  limit: number;
}

function reason(code: ReasonCode, message: string, suggestion: string | null = null): Reason {
  return { code, message, suggestion };
}
