/** The samples of the two classes, and how a link carries them. */
import { columns } from "../../state/codecs.ts";
import type { Codec } from "../../state/link.svelte.ts";

export type Label = 0 | 1;

export interface Sample {
  /** Stays the same when others are removed: it is what the sample is called by. */
  key: number;
  x1: number;
  x2: number;
  label: Label;
}

export const MOST_SAMPLES = 300;

/** A, B and C of the lecture. */
export const LECTURE: readonly Sample[] = [
  { key: 0, x1: 2, x2: 4, label: 1 },
  { key: 1, x1: 2, x2: 1, label: 0 },
  { key: 2, x1: 3, x2: 3, label: 0 },
];

const LETTERS = 26;
const MOST_KEY = 100_000;
const MOST_COORDINATE = 1e6;

/** A, B, C … Z, then by number. */
export function nameOf(key: number): string {
  return key < LETTERS ? String.fromCharCode("A".charCodeAt(0) + key) : `#${key + 1}`;
}

export function freeKey(samples: readonly Sample[]): number {
  const taken = new Set(samples.map((sample) => sample.key));
  let key = 0;
  while (taken.has(key)) key++;
  return key;
}

const table = columns(4 * MOST_SAMPLES, 4);

export const samplesCodec: Codec<readonly Sample[]> = {
  write: (samples) =>
    table.write([
      samples.map((one) => one.key),
      samples.map((one) => one.x1),
      samples.map((one) => one.x2),
      samples.map((one) => one.label),
    ]),
  read: (text) => {
    const read = table.read(text);
    if (read?.length !== 4) return undefined;
    const [keys, x1, x2, labels] = read;
    const samples = keys.map((key, i) => ({
      key,
      x1: x1[i],
      x2: x2[i],
      label: labels[i] as Label,
    }));
    const good = samples.every(
      (one) =>
        Number.isInteger(one.key) &&
        one.key >= 0 &&
        one.key < MOST_KEY &&
        Math.abs(one.x1) <= MOST_COORDINATE && // false for NaN too
        Math.abs(one.x2) <= MOST_COORDINATE &&
        (one.label === 0 || one.label === 1),
    );
    const unlike = new Set(keys).size === keys.length;
    return good && unlike && samples.length > 0 ? samples : undefined;
  },
};

/** Rows of x1, x2 for the engine, which takes arrays away: made anew for each call. */
export function tableOf(samples: readonly Sample[]): { X: Float64Array; columns: number } {
  const X = new Float64Array(2 * samples.length);
  samples.forEach((sample, i) => X.set([sample.x1, sample.x2], 2 * i));
  return { X, columns: 2 };
}

export function labelsOf(samples: readonly Sample[]): Int32Array {
  return Int32Array.from(samples, (sample) => sample.label);
}
