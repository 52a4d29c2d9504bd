/**
 * What can be said of a code book before anything is fitted: code_book_checks.py and
 * code_quality.py of src/ogive/classification/codes.
 */
import { columnsOf, type Code } from "./decisions.ts";

/** Why a code book cannot decide. Columns and rows count from 0. */
export type Fault =
  | { kind: "constant"; column: number; value: number }
  | { kind: "one-sided"; column: number; missing: 1 | -1 }
  | { kind: "absent"; row: number }
  | { kind: "equal"; row: number; other: number };

export function faultsOf(code: Code): Fault[] {
  const faults: Fault[] = [];
  columnsOf(code).forEach((bits, column) => {
    const [positive, negative] = [bits.includes(1), bits.includes(-1)];
    if (positive && negative) return;
    if (bits.every((bit) => bit === bits[0]))
      faults.push({ kind: "constant", column, value: bits[0] });
    else faults.push({ kind: "one-sided", column, missing: positive ? -1 : 1 });
  });
  code.forEach((word, row) => {
    if (word.every((bit) => bit === 0)) faults.push({ kind: "absent", row });
    const other = code.findIndex((one) => one.every((bit, j) => bit === word[j]));
    if (other < row && word.some((bit) => bit !== 0)) faults.push({ kind: "equal", row, other });
  });
  return faults;
}

export interface Quality {
  /** Least number of answers in which two words differ; a class that takes no part: a half. */
  rowDistance: number;
  meanRowDistance: number;
  /** So many wrong answers, whichever they are, leave the nearest word right. */
  errorsCorrected: number;
  nearest: [number, number][];
  distances: number[][];
  /** Problems the same as, or opposite to, one before them: column, and that one. */
  repeated: [number, number][];
}

export function qualityOf(code: Code): Quality {
  const distances = code.map((u) => code.map((v) => distance(u, v)));
  let least = Infinity;
  let [sum, count, margin] = [0, 0, Infinity];
  let nearest: [number, number][] = [];
  for (let i = 0; i < code.length; i++)
    for (let k = 0; k < code.length; k++) {
      if (i === k) continue;
      margin = Math.min(margin, marginOf(code[i], code[k]));
      if (k < i) continue;
      const apart = distances[i][k];
      sum += apart;
      count++;
      if (apart < least) [least, nearest] = [apart, []];
      if (apart === least) nearest.push([i, k]);
    }
  return {
    rowDistance: least,
    meanRowDistance: sum / count,
    // Each wrong answer takes at most 2 from the margin, which has to stay positive.
    errorsCorrected: Math.max(0, Math.ceil(margin / 2) - 1),
    nearest,
    distances: distances.map((row, i) => row.map((apart, k) => (i === k ? 0 : apart))),
    repeated: repeatedOf(columnsOf(code)),
  };
}

function distance(u: readonly number[], v: readonly number[]): number {
  return u.reduce((sum, bit, j) => sum + (1 - bit * v[j]) / 2, 0);
}

/** By how much a class is nearer to its own word than to another's while all answer right. */
function marginOf(own: readonly number[], other: readonly number[]): number {
  let margin = 0;
  own.forEach((bit, j) => {
    if (bit * other[j] < 0) margin += 1;
    // At worst the answer speaks for the class that takes part while the other does not.
    else if (bit !== 0 && other[j] === 0) margin += 0.5;
    else if (bit === 0 && other[j] !== 0) margin -= 0.5;
  });
  return margin;
}

function repeatedOf(columns: readonly (readonly number[])[]): [number, number][] {
  const found: [number, number][] = [];
  columns.forEach((bits, j) => {
    const before = columns.findIndex(
      (other) =>
        bits.every((bit, i) => bit === other[i]) || bits.every((bit, i) => bit === -other[i]),
    );
    if (before < j) found.push([j, before]);
  });
  return found;
}
