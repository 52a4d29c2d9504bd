/**
 * A visitor's own table, read in the page: CSV, TSV and the like, by the rules of the library's
 * `ogive.data.read_table`. What is missing or was understood in some way is reported, not hidden.
 */
import { grouped } from "../state/numbers.ts";
import type { Text } from "../text/text.svelte.ts";
import { cut, findSeparator, type Line, type Separator } from "./delimited.ts";
import { csvTexts, filled } from "./csv.texts.ts";
import { decoded } from "./decoding.ts";

export interface Column {
  name: string;
  kind: "number" | "text";
  /** NaN where a value is missing, and throughout a column of text. */
  numbers: Float64Array;
  /** "" where a value is missing; of a column of text only. */
  texts: string[];
  /** Rows (from 0) without a value, among them those of `strays`. */
  missing: number[];
  /** The first cell that makes a column one of text although others hold numbers. */
  wording?: { row: number; text: string };
  /** Cells that hold no number in a column of numbers; they count as missing. */
  strays: { row: number; text: string }[];
}

export interface Table {
  columns: Column[];
  rows: number;
  /** Line of the file on which each row begins, from 1. */
  lines: Uint32Array;
  /** What a visitor should know of how it was read. */
  notices: Text[];
}

export interface TableLimits {
  bytes: number;
  rows: number;
  columns: number;
}

export const LIMITS: TableLimits = { bytes: 5_000_000, rows: 50_000, columns: 200 };

/** The same markers as the library's. */
const MISSING = new Set(["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"]);
/** From this share of numbers on a column is one of numbers, and its other cells are reported. */
const MOSTLY = 0.9;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const DECIMAL_COMMA = /^([+-]?)(\d*|\d{1,3}(?:\.\d{3})+),(\d+)$/;

/** Why a table cannot be read, and what to do. */
export class TableError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** What may be sent, to be said beside the place where a file is chosen. */
export function limitsText(limits = LIMITS): Text {
  return filled(csvTexts.limits, {
    megabytes: limits.bytes / 1e6,
    rows: grouped(limits.rows),
    columns: limits.columns,
  });
}

export async function readTable(file: Blob, limits = LIMITS): Promise<Table> {
  if (file.size > limits.bytes)
    throw new TableError(
      filled(csvTexts.tooLarge, {
        size: (file.size / 1e6).toFixed(1),
        most: limits.bytes / 1e6,
      }),
    );
  const { text, notice } = decoded(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) throw new TableError(notice!);
  const table = parseTable(text, limits);
  if (notice) table.notices.unshift(notice);
  return table;
}

export function parseTable(given: string, limits = LIMITS): Table {
  if (given.length > limits.bytes)
    throw new TableError(
      filled(csvTexts.tooLarge, {
        size: (given.length / 1e6).toFixed(1),
        most: limits.bytes / 1e6,
      }),
    );
  const notices: Text[] = [];
  const { text, separator } = separated(given.replace(/^\uFEFF/, ""));
  if (text.trim() === "") throw new TableError(csvTexts.empty);
  const { records, unclosed, more } = cut(text, separator, limits.rows + 1);
  if (unclosed !== undefined) throw new TableError(filled(csvTexts.unclosed, { line: unclosed }));
  let width = records[0].cells.length;
  if (width > limits.columns)
    throw new TableError(filled(csvTexts.tooWide, { columns: width, most: limits.columns }));
  const header = records[0].cells.some((cell) => !isNumber(cell, separator) && !MISSING.has(cell));
  const body = header ? records.slice(1) : records;
  if (body.length === 0) throw new TableError(csvTexts.headerOnly);
  // Spreadsheets write empty columns at the right of the table.
  while (width > 1 && [records[0], ...body].every(({ cells }) => (cells[width - 1] ?? "") === ""))
    width--;
  refuseRagged(body, width);
  if (!header) notices.push(csvTexts.noHeader);
  if (more) notices.push(filled(csvTexts.cut, { rows: grouped(limits.rows) }));
  const names = header ? namesOf(records[0].cells.slice(0, width)) : numbered(width);
  const rows = body.filter(({ cells }) => width === 1 || cells.some((cell) => !MISSING.has(cell)));
  if (rows.length === 0) throw new TableError(csvTexts.headerOnly);
  if (rows.length < body.length)
    notices.push(filled(csvTexts.voidRows, { count: body.length - rows.length }));
  const columns = names.map((name, i) =>
    columnOf(
      name,
      rows.map(({ cells }) => cells[i]),
      separator,
    ),
  );
  if (columns.some((column, i) => usesDecimalComma(column, rows, i, separator)))
    notices.push(csvTexts.decimalComma);
  return {
    columns,
    rows: rows.length,
    lines: Uint32Array.from(rows, ({ line }) => line),
    notices,
  };
}

/** Why columns that hold some numbers are read as text: the cell to mend in each. */
export function wordings(table: Table): Text[] {
  return table.columns.flatMap(({ name, wording }) =>
    wording === undefined
      ? []
      : [filled(csvTexts.wording, { name, line: table.lines[wording.row], text: wording.text })],
  );
}

/** A refusal, and the cells that may be at the bottom of it. */
export function withWordings(refusal: Text, table: Table, most = 3): Text {
  const all = [refusal, ...wordings(table).slice(0, most)];
  return { en: all.map(({ en }) => en).join(" "), zh: all.map(({ zh }) => zh).join("") };
}

/** Excel may write the separator into a line of its own at the top. */
function separated(text: string): { text: string; separator: Separator } {
  const told = /^sep=(.)\r?\n/.exec(text);
  const rest = told ? text.slice(told[0].length) : text;
  if (told && [",", ";", "\t", "|"].includes(told[1]))
    return { text: rest, separator: told[1] as Separator };
  return { text: rest, separator: findSeparator(rest) };
}

function refuseRagged(records: Line[], width: number): void {
  for (const { cells, line } of records) {
    const found = cells.length;
    if (found === width || (found > width && cells.slice(width).every((cell) => cell === "")))
      continue;
    throw new TableError(filled(csvTexts.ragged, { line, found, width }));
  }
}

function numbered(width: number): string[] {
  return Array.from({ length: width }, (_, i) => `column_${i + 1}`);
}

function namesOf(cells: string[]): string[] {
  const names = cells.map((cell, i) => cell || `column_${i + 1}`);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw new TableError(filled(csvTexts.repeated, { name: repeated }));
  return names;
}

function columnOf(name: string, cells: string[], separator: Separator): Column {
  const numbers = new Float64Array(cells.length).fill(NaN);
  const missing: number[] = [];
  const strays: Column["strays"] = [];
  cells.forEach((cell, row) => {
    if (MISSING.has(cell)) missing.push(row);
    else if (isNumber(cell, separator)) numbers[row] = toNumber(cell, separator);
    else strays.push({ row, text: cell });
  });
  const known = cells.length - missing.length;
  if (strays.length <= (1 - MOSTLY) * known) {
    const without = [...missing, ...strays.map(({ row }) => row)].sort((a, b) => a - b);
    return { name, kind: "number", numbers, texts: [], missing: without, strays };
  }
  const texts = cells.map((cell) => (MISSING.has(cell) ? "" : cell));
  const wording = strays.length < known ? strays[0] : undefined;
  return { name, kind: "text", numbers: numbers.fill(NaN), texts, missing, wording, strays: [] };
}

function isNumber(cell: string, separator: Separator): boolean {
  return Number.isFinite(toNumber(cell, separator));
}

function toNumber(cell: string, separator: Separator): number {
  const plain = cell.replace("−", "-");
  if (NUMBER.test(plain)) return Number(plain);
  if (separator === ",") return NaN;
  const parts = DECIMAL_COMMA.exec(plain);
  return parts === null
    ? NaN
    : Number(`${parts[1]}${parts[2].replaceAll(".", "") || "0"}.${parts[3]}`);
}

function usesDecimalComma(
  column: Column,
  rows: Line[],
  index: number,
  separator: Separator,
): boolean {
  if (separator === "," || column.kind === "text") return false;
  return rows.some(({ cells }) => DECIMAL_COMMA.test(cells[index].replace("−", "-")));
}
