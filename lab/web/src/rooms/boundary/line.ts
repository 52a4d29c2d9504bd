/** The line z = w1 x1 + w2 x2 + b = 0 as geometry. */
import type { Codec } from "../../state/link.svelte.ts";

export type Weights = readonly [w1: number, w2: number, b: number];
export type Point = readonly [x1: number, x2: number];
export type Range = [low: number, high: number];
export type Side = "above" | "below" | "right" | "left" | "everywhere" | "nowhere";

export const L1: Weights = [-1, 2, -2];
export const L2: Weights = [-1, 1, -1];

export interface Geometry {
  /** The lecture's w' and b', of x2 = w' x1 + b'; NaN where the line is upright or there is none. */
  slope: number;
  intercept: number;
  /** Where an upright line stands; else NaN. */
  at: number;
  /** Where z is positive. */
  side: Side;
}

export function geometry([w1, w2, b]: Weights): Geometry {
  if (w2 !== 0)
    return {
      slope: -w1 / w2 + 0, // no -0
      intercept: -b / w2 + 0,
      at: NaN,
      side: w2 > 0 ? "above" : "below",
    };
  const none = { slope: NaN, intercept: NaN };
  if (w1 !== 0) return { ...none, at: -b / w1 + 0, side: w1 > 0 ? "right" : "left" };
  return { ...none, at: NaN, side: b > 0 ? "everywhere" : "nowhere" };
}

/**
 * The line through two points, as steep in a as `like` and with its sides, so far as it turned by
 * less than a quarter. undefined where the points are one.
 */
export function through(p: Point, q: Point, like: Weights): Weights | undefined {
  const across = q[0] - p[0];
  const up = q[1] - p[1];
  const length = Math.hypot(across, up);
  if (length === 0) return undefined;
  const size = Math.hypot(like[0], like[1]) || 1;
  let [n1, n2] = [-up / length, across / length];
  if (n1 * like[0] + n2 * like[1] < 0) [n1, n2] = [-n1, -n2];
  const [w1, w2] = [tidy(size * n1), tidy(size * n2)];
  return [w1, w2, tidy(-(w1 * (p[0] + q[0]) + w2 * (p[1] + q[1])) / 2)];
}

/** Six digits: what is on view is what is computed with. */
export function tidy(value: number): number {
  const short = Number(value.toPrecision(6));
  return Math.abs(short) < 1e-12 ? 0 : short;
}

/** The piece of the line within a rectangle; undefined where it does not cross it. */
export function within(w: Weights, x: Range, y: Range): [Point, Point] | undefined {
  const [w1, w2, b] = w;
  const ends: Point[] = [];
  const inside = (value: number, [low, high]: Range) => {
    const slack = 1e-9 * (high - low);
    return value >= low - slack && value <= high + slack;
  };
  if (w2 !== 0)
    for (const x1 of x) {
      const x2 = -(w1 * x1 + b) / w2;
      if (inside(x2, y)) ends.push([x1, x2]);
    }
  if (w1 !== 0)
    for (const x2 of y) {
      const x1 = -(w2 * x2 + b) / w1;
      if (inside(x1, x)) ends.push([x1, x2]);
    }
  // Through a corner, two of the ends are the same: the two that are farthest apart are taken.
  let best: [Point, Point] | undefined;
  let farthest = 1e-9;
  for (const p of ends)
    for (const q of ends) {
      const apart = Math.hypot((p[0] - q[0]) / (x[1] - x[0]), (p[1] - q[1]) / (y[1] - y[0]));
      if (apart > farthest) [best, farthest] = [[p, q], apart];
    }
  if (best && (best[0][0] > best[1][0] || (best[0][0] === best[1][0] && best[0][1] > best[1][1])))
    best.reverse();
  return best;
}

/** All digits: from a link, training goes the same way to the last bit. */
export const weightsCodec: Codec<Weights> = {
  write: (w) => w.map((value) => String(value + 0)).join(","),
  read: (text) => {
    const parts = text.split(",");
    const values = parts.map(Number);
    const good =
      parts.length === 3 &&
      parts.every((part) => part.trim() !== "") &&
      values.every((value) => Math.abs(value) <= 1e9);
    return good ? [values[0], values[1], values[2]] : undefined;
  },
};

export function same(one: Weights, other: Weights): boolean {
  return one.every((value, i) => value === other[i]);
}
