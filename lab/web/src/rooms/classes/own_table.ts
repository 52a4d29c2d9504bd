/** Points from a visitor's own table: two columns of numbers, and one of classes. */
import type { Column, Table } from "../../data/csv.ts";
import { filled } from "../../data/csv.texts.ts";
import type { Point } from "../../state/codecs.ts";
import type { Text } from "../../text/text.svelte.ts";
import { MOST_CLASSES, MOST_POINTS } from "./arrangements.ts";
import { tableTexts as texts } from "./texts_code.ts";

export interface Taken {
  points: Point[];
  names: string[];
  /** What was left out, and how many rows are shown. */
  notices: Text[];
}

const LONGEST_NAME = 20;
/** More different values are no classes but measurements. */
const MOST_VALUES = 30;

export function numbersOf(table: Table): Column[] {
  return table.columns.filter((column) => column.kind === "number");
}

/** Columns whose values may be classes, text first. */
export function classColumnsOf(table: Table): Column[] {
  const text = table.columns.filter((column) => column.kind === "text");
  const few = numbersOf(table).filter(
    (column) => new Set(column.numbers).size <= MOST_VALUES && column.numbers.every(isWhole),
  );
  return [...text.filter((column) => new Set(column.texts).size <= MOST_VALUES), ...few];
}

function isWhole(value: number): boolean {
  return Number.isNaN(value) || Number.isInteger(value);
}

export function take(table: Table, across: Column, up: Column, classes: Column): Taken {
  const label = (row: number): string | number =>
    classes.kind === "text" ? classes.texts[row] : classes.numbers[row];
  const all = Array.from({ length: table.rows }, (_, row) => row);
  const known = all.filter(
    (row) =>
      Number.isFinite(across.numbers[row]) &&
      Number.isFinite(up.numbers[row]) &&
      label(row) !== "" &&
      !Number.isNaN(label(row)),
  );
  const notices: Text[] = [];
  const missing = table.rows - known.length;
  if (missing > 0) notices.push(filled(texts.missing, { count: missing }));
  const counts = new Map<string | number, number>();
  for (const row of known) counts.set(label(row), (counts.get(label(row)) ?? 0) + 1);
  const frequent = [...counts].sort((one, other) => other[1] - one[1]).map(([name]) => name);
  // In the order of the library's classes_.
  const kept = frequent.slice(0, MOST_CLASSES).sort(inOrder);
  const rare = frequent.slice(MOST_CLASSES).map(String);
  if (rare.length > 0)
    notices.push(
      filled(texts.rare, { names: rare.slice(0, 8).join(", ") + (rare.length > 8 ? ", …" : "") }),
    );
  const place = new Map(kept.map((name, i) => [name, i]));
  const rows = known.filter((row) => place.has(label(row)));
  const taken = thinned(rows);
  if (taken.length < rows.length) notices.push(filled(texts.thinned, { most: MOST_POINTS }));
  if (kept.length < 2) notices.push(filled(texts.single, { column: classes.name }));
  notices.unshift(
    filled(texts.taken, { taken: taken.length, rows: table.rows, classes: kept.length }),
  );
  return {
    points: taken.map((row) => ({
      x: across.numbers[row],
      y: up.numbers[row],
      of: place.get(label(row))!,
    })),
    names: kept.map((name) =>
      [...String(name)].slice(0, LONGEST_NAME).join("").replaceAll("~", "-"),
    ),
    notices,
  };
}

function inOrder(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function thinned(rows: number[]): number[] {
  if (rows.length <= MOST_POINTS) return rows;
  return Array.from(
    { length: MOST_POINTS },
    (_, i) => rows[Math.floor((i * rows.length) / MOST_POINTS)],
  );
}

/** The points as a table, to be read by `ogive.data.read_table` or this page again. */
export function written(
  points: readonly Point[],
  features: readonly [string, string],
  nameOf: (of: number) => string,
): string {
  const header = [...features, "class"];
  const rows = points.map(({ x, y, of }) => [String(x), String(y), nameOf(of)]);
  return [header, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join("");
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
