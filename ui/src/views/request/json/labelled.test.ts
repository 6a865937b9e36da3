import { expect, test } from "vitest";
import { readLabelled, retyped, writeLabelled, type Labelled } from "./labelled";

const ROWS: Labelled[] = [
  { label: "Amount", type: "number", value: "12345678901234567890.10", hidden: null },
  { label: 'Say "hi"\n', type: "string", value: "a, b: {c} [d] \\ é", hidden: false },
  { label: "Agreed", type: "boolean", value: "true", hidden: true },
  { label: "", type: "date", value: "2026-12-01", hidden: null },
  { label: "Terms", type: "url", value: "", hidden: null },
];

test("what is written is read back, with every digit", () => {
  const text = writeLabelled(ROWS);
  expect(readLabelled(text)).toEqual(ROWS);
  expect(JSON.parse(text)).toHaveLength(5);
  expect(text).toContain("12345678901234567890.10");
  expect(readLabelled("[]")).toEqual([]);
  expect(writeLabelled([])).toBe("[]");
});

test("any order of keys and any spacing will do", () => {
  expect(readLabelled('\n[ {"value":1e3 ,"type":"number","label":"\\u00e9"}\t]\r\n')).toEqual([
    { label: "é", type: "number", value: "1e3", hidden: null },
  ]);
});

test.each([
  ["", "nothing"],
  ["{}", "an object"],
  ["[1]", "no objects"],
  ['[{"label":"a","type":"string"}]', "a key too few"],
  ['[{"label":"a","type":"string","value":"b","note":1}]', "a key too many"],
  ['[{"label":"a","label":"b","type":"string","value":"c"}]', "a key twice"],
  ['[{"label":"a","type":"object","value":{}}]', "fields in fields"],
  ['[{"label":"a","type":"string","value":["x"]}]', "a list in it"],
  ['[{"label":"a","type":"number","value":"1"}]', "a number that is text"],
  ['[{"label":"a","type":"number","value":01}]', "no number of JSON"],
  ['[{"label":"a","type":"boolean","value":null}]', "neither true nor false"],
  ['[{"label":"a","type":"string","value":"b","hidden":"no"}]', "hidden as text"],
  ['[{"label":"a","type":"string","value":"b"},]', "a comma too many"],
  ['[{"label":"a","type":"string","value":"b"}] x', "more behind it"],
  ['[{"label":"a","type":"string","value":"b\n"}]', "a line break in a text"],
  ['[{"label":"a","type":"string","value":"b', "no end"],
  ['[{"label":"a" "type":"string","value":"b"}]', "no comma"],
])("%j is no list of labelled fields: %s", (text) => {
  expect(readLabelled(text)).toBeNull();
});

test("a list longer than anyone fills in, or nested without end, is left alone", () => {
  const one = ROWS.slice(2, 3);
  expect(readLabelled(writeLabelled(Array.from({ length: 201 }, () => one).flat()))).toBeNull();
  expect(readLabelled("[".repeat(100_000))).toBeNull();
  const long = [{ ...one[0], type: "string", value: `"\\${"x".repeat(2_000_000)}` }] as Labelled[];
  expect(readLabelled(writeLabelled(long))).toEqual(long);
});

test("another type keeps the value where it can", () => {
  const [amount, words] = ROWS as [Labelled, Labelled];
  expect(retyped(amount, "string").value).toBe(amount.value);
  expect(retyped({ ...words, value: "7" }, "number").value).toBe("7");
  expect(retyped(words, "number").value).toBe("0");
  expect(retyped(words, "boolean").value).toBe("false");
});
