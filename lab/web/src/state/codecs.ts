/** Tables of numbers in the link: compact, and exact to the last digit. */
import { BitReader, BitWriter } from "./bits.ts";
import type { Codec } from "./link.svelte.ts";

/** A point of the plane and the class it belongs to (0 where there are none). */
export interface Point {
  x: number;
  y: number;
  of: number;
}

const MOST_DECIMALS = 20;
const AS_FLOAT64 = 31; // in place of a number of decimals
const DECIMALS_WIDTH = 5;
const WIDTH_WIDTH = 6;
const ROWS_WIDTH = 20;
const COLUMNS_WIDTH = 8;

/**
 * Columns of equal length; NaN stands for a missing value. Each column is written as whole numbers
 * of its last decimal above its least value, with as many bits as these need: a hundred points of
 * three digits take about 400 letters. A column with numbers of more digits is written in full.
 */
export function columns(mostCells = 6000, mostColumns = 64): Codec<number[][]> {
  return {
    write: (value) => {
      const rows = value[0]?.length ?? 0;
      if (value.length > mostColumns || rows * value.length > mostCells) return "";
      const out = new BitWriter();
      out.put(value.length, COLUMNS_WIDTH);
      out.put(rows, ROWS_WIDTH);
      for (const column of value) writeColumn(out, column);
      return out.text();
    },
    read: (text) => {
      try {
        const given = new BitReader(text);
        const count = given.take(COLUMNS_WIDTH);
        const rows = given.take(ROWS_WIDTH);
        if (count > mostColumns || count * rows > mostCells) return undefined;
        return Array.from({ length: count }, () => readColumn(given, rows));
      } catch {
        return undefined;
      }
    },
  };
}

/** Points of at most `classes` classes; coordinates must be finite. */
export function points(classes = 8, most = 1000): Codec<Point[]> {
  const table = columns(3 * most, 3);
  return {
    write: (value) =>
      value.length === 0
        ? ""
        : table.write([value.map((p) => p.x), value.map((p) => p.y), value.map((p) => p.of)]),
    read: (text) => {
      if (text === "") return [];
      const [x, y, of, ...rest] = table.read(text) ?? [];
      if (of === undefined || rest.length > 0) return undefined;
      const right =
        [...x, ...y].every(Number.isFinite) &&
        of.every((one) => Number.isInteger(one) && one >= 0 && one < classes);
      return right ? x.map((at, i) => ({ x: at, y: y[i], of: of[i] })) : undefined;
    },
  };
}

function writeColumn(out: BitWriter, column: readonly number[]): void {
  const known = column.filter((value) => !Number.isNaN(value));
  const decimals = Math.max(0, ...known.map(decimalsOf));
  const units = known.map((value) => unitsOf(value, decimals));
  const least = Math.min(...units, Infinity);
  const span = Math.max(...units, -Infinity) - least;
  const exact =
    decimals <= MOST_DECIMALS &&
    units.every((unit, i) => valueOf(unit, decimals) === known[i]) &&
    (known.length === 0 || span < 2 ** 52);
  if (!exact) {
    out.put(AS_FLOAT64, DECIMALS_WIDTH);
    const halves = new Uint32Array(Float64Array.from(column).buffer);
    for (const half of halves) out.put(half, 32);
    return;
  }
  const base = known.length === 0 ? 0 : least;
  const missing = known.length < column.length;
  // Where values are missing, 0 stands for them.
  const width = bitsOf((known.length === 0 ? 0 : span) + Number(missing));
  out.put(decimals, DECIMALS_WIDTH);
  out.put(Number(missing), 1);
  out.put(Number(base < 0), 1);
  out.put(bitsOf(Math.abs(base)), WIDTH_WIDTH);
  out.put(Math.abs(base), bitsOf(Math.abs(base)));
  out.put(width, WIDTH_WIDTH);
  for (const value of column) {
    if (Number.isNaN(value)) out.put(0, width);
    else out.put(unitsOf(value, decimals) - base + Number(missing), width);
  }
}

function readColumn(given: BitReader, rows: number): number[] {
  const decimals = given.take(DECIMALS_WIDTH);
  if (decimals === AS_FLOAT64) {
    const halves = Uint32Array.from({ length: 2 * rows }, () => given.take(32));
    return [...new Float64Array(halves.buffer)];
  }
  const missing = given.take(1);
  const sign = given.take(1) ? -1 : 1;
  const base = sign * given.take(given.take(WIDTH_WIDTH));
  const width = given.take(WIDTH_WIDTH);
  return Array.from({ length: rows }, () => {
    const unit = given.take(width);
    return missing && unit === 0 ? NaN : valueOf(unit - missing + base, decimals);
  });
}

/** Decimals of a number as JavaScript writes it, which is the shortest way to read it back. */
function decimalsOf(value: number): number {
  const [digits, power = "0"] = String(value).split("e");
  const written = digits.split(".")[1]?.length ?? 0;
  return Math.max(0, written - Number(power));
}

function unitsOf(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals);
}

function valueOf(unit: number, decimals: number): number {
  return Number(`${unit}e-${decimals}`);
}

function bitsOf(value: number): number {
  let bits = 0;
  for (let rest = value; rest >= 1; rest /= 2) bits++;
  return bits;
}
