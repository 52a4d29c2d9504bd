/** The rows as a line of weights sees them: products shown in a sum, and what is left. */
import type { Standing } from "./race.svelte.ts";
import type { Rows } from "./table.svelte.ts";

export interface Seen {
  fitted: Float64Array;
  residual: Float64Array;
}

export function seenBy({ coef, intercept }: Standing, { X, columns, y }: Rows): Seen {
  const fitted = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    fitted[i] = intercept;
    for (let j = 0; j < columns; j++) fitted[i] += coef[j] * X[i * columns + j];
  }
  return { fitted, residual: y.map((value, i) => value - fitted[i]) };
}

/** Sum of the squared distances of y from its mean. */
export function variationOf(y: Float64Array): number {
  let mean = 0;
  for (const value of y) mean += value / y.length;
  let sum = 0;
  for (const value of y) sum += (value - mean) ** 2;
  return sum;
}
