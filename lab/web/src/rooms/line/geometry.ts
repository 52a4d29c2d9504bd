/**
 * The contours of the loss, for drawing: half the mean squared error is a quadratic about its
 * minimum, so that contours are ellipses. (The numbers on the page are the engine's.)
 */
import { around } from "../../ui/ticks.ts";
import type { Fit } from "./race.svelte.ts";
import type { Racer } from "./racers.ts";
import type { Rows } from "./table.svelte.ts";

export type Range = [number, number];
export interface Box {
  x: Range;
  y: Range;
}

/** Symmetric, 2 × 2: [first, both, second]. */
export type Curvature = [number, number, number];

/**
 * Second derivatives of the loss by (a, b) of y = a + b x, or by (w1, w2) of two variables where
 * the constant is always at its best.
 */
export function curvatureOf({ X, columns, y }: Rows): Curvature {
  const n = y.length;
  if (columns === 1) {
    let [sum, squares] = [0, 0];
    for (const x of X) {
      sum += x;
      squares += x * x;
    }
    return [1, sum / n, squares / n];
  }
  const means = [0, 0];
  for (let i = 0; i < X.length; i++) means[i % 2] += X[i] / n;
  const found: Curvature = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [u, v] = [X[2 * i] - means[0], X[2 * i + 1] - means[1]];
    found[0] += (u * u) / n;
    found[1] += (u * v) / n;
    found[2] += (v * v) / n;
  }
  return found;
}

/** What the contours have as axes: (a, b), or (w1, w2). */
export function weightsOf(coef: ArrayLike<number>, intercept: number): [number, number] {
  return coef.length === 1 ? [intercept, coef[0]] : [coef[0], coef[1]];
}

export function pathOf(
  { coef, intercept }: { coef: Float64Array; intercept: Float64Array },
  columns: number,
  records: number,
): { x: Float64Array; y: Float64Array } {
  const x = new Float64Array(records);
  const y = new Float64Array(records);
  for (let i = 0; i < records; i++)
    [x[i], y[i]] = weightsOf(coef.subarray(i * columns, (i + 1) * columns), intercept[i]);
  return { x, y };
}

/** How much the loss is above its least at `(x, y)` away from the minimum. */
export function rise([first, both, second]: Curvature, x: number, y: number): number {
  return 0.5 * (first * x * x + 2 * both * x * y + second * y * y);
}

const FACTOR = 3;
const CONTOURS = 10;
const CORNERS = 128;

/** Contours as far as the corners of the view: on each, what is above the least falls to a third. */
export function contours(
  curvature: Curvature,
  least: [number, number],
  { x, y }: Box,
): { rise: number; x: Float64Array; y: Float64Array }[] {
  const corners = [x[0], x[1]].flatMap((left) => [y[0], y[1]].map((low) => [left, low] as const));
  const highest = Math.max(
    ...corners.map(([left, low]) => rise(curvature, left - least[0], low - least[1])),
  );
  if (!(highest > 0) || !Number.isFinite(highest)) return [];
  const [first, both, second] = curvature;
  // Of columns of very different size: in units of the view.
  const [u, v] = [x[1] - x[0], y[1] - y[0]];
  const scaled: Curvature = [first * u * u, both * u * v, second * v * v];
  const { values, angle } = axes(scaled);
  const floor = 1e-12 * values[0];
  return Array.from({ length: CONTOURS }, (_, level) => {
    const above = highest / FACTOR ** level;
    const long = Math.sqrt((2 * above) / Math.max(values[0], floor));
    const short = Math.sqrt((2 * above) / Math.max(values[1], floor));
    const ellipse = { rise: above, x: new Float64Array(CORNERS), y: new Float64Array(CORNERS) };
    for (let i = 0; i < CORNERS; i++) {
      const turn = (2 * Math.PI * i) / (CORNERS - 1);
      const [p, q] = [long * Math.cos(turn), short * Math.sin(turn)];
      ellipse.x[i] = least[0] + u * (p * Math.cos(angle) - q * Math.sin(angle));
      ellipse.y[i] = least[1] + v * (p * Math.sin(angle) + q * Math.cos(angle));
    }
    return ellipse;
  });
}

/** Eigenvalues, the larger first, and the direction of its vector. */
function axes([first, both, second]: Curvature): { values: [number, number]; angle: number } {
  const middle = (first + second) / 2;
  const apart = Math.hypot((first - second) / 2, both);
  return {
    values: [middle + apart, middle - apart],
    angle: 0.5 * Math.atan2(2 * both, first - second),
  };
}

export type Zoom = "race" | "minimum" | "all";

/** How far beyond start and goal a path is followed, in parts of their distance. */
const FOLLOWED = 0.75;

/** The part of the plane of weights on view. */
export function viewOf(fit: Fit, shown: readonly Racer[], zoom: Zoom): Box {
  const least = weightsOf(fit.exact.coef, fit.exact.intercept);
  const paths = shown.map((name) => {
    const descent = fit.descents[name];
    return pathOf(descent, fit.rows.columns, descent.step.length);
  });
  if (zoom === "minimum") {
    const close = (at: number): Range => {
      const reach = 0.12 * Math.abs(at) || 0.12;
      return [at - reach, at + reach];
    };
    return { x: close(least[0]), y: close(least[1]) };
  }
  return {
    x: rangeOf(
      least[0],
      paths.map(({ x }) => x),
      zoom,
    ),
    y: rangeOf(
      least[1],
      paths.map(({ y }) => y),
      zoom,
    ),
  };
}

function rangeOf(least: number, paths: Float64Array[], zoom: Zoom): Range {
  const margin = 0.15;
  const [low, high] = around([0, least], [-1, 1], 0);
  if (zoom === "race") {
    const reach = FOLLOWED * (high - low);
    const [left, right] = [low - reach, high + reach];
    const near = paths.flatMap((path) =>
      [...path].map((at) => Math.min(right, Math.max(left, at))),
    );
    return around([low, high, ...near.filter(Number.isFinite)], [-1, 1], margin);
  }
  return around([low, high, ...paths.flatMap((path) => [...path])], [-1, 1], margin);
}
