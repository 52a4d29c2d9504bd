/**
 * The points of a curve, as the engine computes them: more where value or slope jumps, found by
 * cutting suspicious stretches down to neighbouring numbers, so that formulas and every choice of
 * slope at kinks are drawn as they are computed.
 */
import type { Evaluated } from "../../engine/api.ts";

export type Evaluate = (z: Float64Array) => Promise<Evaluated>;

/** A curve to be drawn: NaN where the line breaks. */
export interface Line {
  z: Float64Array;
  y: Float64Array;
}

/** An end of a line at a jump; `closed` where the function has that very value. */
export interface Dot {
  z: number;
  y: number;
  closed: boolean;
}

export interface Curve {
  value: Line;
  slope: Line;
  valueDots: Dot[];
  slopeDots: Dot[];
  /** Where the slope jumps. */
  kinks: number[];
}

// Neighbours farther apart than this share of the curve's height may have a jump between them.
const SUSPICIOUS = 0.02;
// What cutting leaves of a jump; of a mere steep slope it leaves nothing.
const REMAINS = 0.3;
const PARTS = 32;
const MOST_JUMPS = 200;

const float = new Float64Array(1);
const whole = new BigInt64Array(float.buffer);
const LOWEST = -(2n ** 63n);

/** The place of a float64 among all of them; 0 and -0 share one. */
function placeOf(z: number): bigint {
  float[0] = z;
  return whole[0] >= 0n ? whole[0] : LOWEST - whole[0];
}

function atPlace(place: bigint): number {
  whole[0] = place >= 0n ? place : LOWEST - place;
  return float[0];
}

/** The neighbouring float64 above, or below. */
export function neighbour(z: number, up: boolean): number {
  return atPlace(placeOf(z) + (up ? 1n : -1n));
}

export async function sample(
  evaluate: Evaluate,
  low: number,
  high: number,
  points: number,
): Promise<Curve> {
  const grid = Float64Array.from(
    { length: points },
    (_, i) => low + ((high - low) * i) / (points - 1),
  );
  const on = await evaluate(grid.slice());
  const jumps = await jumpsOf(evaluate, grid, on);
  if (jumps.length === 0)
    return {
      value: { z: grid, y: on.value },
      slope: { z: grid, y: on.derivative },
      valueDots: [],
      slopeDots: [],
      kinks: [],
    };
  const beside = Float64Array.from(
    jumps.flatMap((at) => [neighbour(at, false), at, neighbour(at, true)]),
  );
  const around = await evaluate(beside.slice());
  return joined(grid, on, beside, around);
}

/** Where value or slope jumps: of two neighbouring floats the one that is written shorter. */
async function jumpsOf(evaluate: Evaluate, z: Float64Array, on: Evaluated): Promise<number[]> {
  let open = [
    ...suspicious(z, on.value).map((place) => ({ ...place, slope: false })),
    ...suspicious(z, on.derivative).map((place) => ({ ...place, slope: true })),
  ];
  const found: [number, number][] = [];
  while (open.length > 0) {
    const inner = Float64Array.from(open.flatMap(({ left, right }) => between(left, right)));
    const said = await evaluate(inner.slice());
    const next: typeof open = [];
    open.forEach((stretch, at) => {
      const y = stretch.slope ? said.derivative : said.value;
      const from = at * (PARTS + 1);
      const part = steepest(y, from);
      const [left, right] = [inner[from + part], inner[from + part + 1]];
      const left_ = y[from + part];
      const remains = Math.abs(y[from + part + 1] - left_);
      if (remains <= REMAINS * stretch.rise) return; // steep, and no jump
      if (right <= neighbour(left, true)) found.push([left, right]);
      else if (left < right) next.push({ ...stretch, left, right });
    });
    open = next;
  }
  const places = found.map(([left, right]) =>
    String(left).length <= String(right).length ? left : right,
  );
  return [...new Set(places.map((place) => place + 0))].sort((a, b) => a - b).slice(0, MOST_JUMPS);
}

function suspicious(z: Float64Array, y: Float64Array) {
  const height = heightOf(y);
  const found: { left: number; right: number; rise: number }[] = [];
  for (let i = 1; i < z.length && found.length < MOST_JUMPS; i++) {
    const rise = Math.abs(y[i] - y[i - 1]);
    if (rise > SUSPICIOUS * height) found.push({ left: z[i - 1], right: z[i], rise });
  }
  return found;
}

/**
 * PARTS + 1 places from the one to the other, evenly spread among the float64s between them: so
 * neighbours are reached in 13 rounds at most, beside 0 as well.
 */
function between(left: number, right: number): number[] {
  const first = placeOf(left);
  const far = placeOf(right) - first;
  return Array.from({ length: PARTS + 1 }, (_, i) =>
    atPlace(first + (far * BigInt(i)) / BigInt(PARTS)),
  );
}

/** The part with the greatest change; where a number is none, that part. */
function steepest(y: Float64Array, from: number): number {
  let best = 0;
  let most = -1;
  for (let i = 0; i < PARTS; i++) {
    const change = Math.abs(y[from + i + 1] - y[from + i]);
    if (Number.isNaN(change)) return i;
    if (change > most) [best, most] = [i, change];
  }
  return best;
}

/** The height of a curve without its most extreme tenths. */
function heightOf(y: Float64Array): number {
  const sorted = y.filter(Number.isFinite).sort();
  if (sorted.length === 0) return Infinity;
  const [low, high] = tenths(sorted);
  return high - low || sorted[sorted.length - 1] - sorted[0] || Infinity;
}

function tenths(sorted: Float64Array): [number, number] {
  const last = sorted.length - 1;
  return [sorted[Math.round(0.1 * last)], sorted[Math.round(0.9 * last)]];
}

/** The lowest and highest y worth showing: a curve that runs off is cut there. */
export function viewOf(lines: readonly Line[], otherwise: [number, number]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { y } of lines) {
    const sorted = y.filter(Number.isFinite).sort();
    if (sorted.length === 0) continue;
    const [lower, upper] = tenths(sorted);
    const room = 2 * (upper - lower || sorted[sorted.length - 1] - sorted[0]);
    low = Math.min(low, Math.max(sorted[0], lower - room));
    high = Math.max(high, Math.min(sorted[sorted.length - 1], upper + room));
  }
  if (low > high) return otherwise;
  const margin = 0.07 * (high - low) || 0.5;
  return [low - margin, high + margin];
}

/** Puts the places of the jumps, three for each in `beside`, between those of the grid. */
function joined(grid: Float64Array, on: Evaluated, beside: Float64Array, around: Evaluated): Curve {
  const value = broken(grid, on.value, beside, around.value);
  const slope = broken(grid, on.derivative, beside, around.derivative);
  return {
    value: value.line,
    slope: slope.line,
    valueDots: value.dots,
    slopeDots: slope.dots,
    kinks: slope.at,
  };
}

function broken(
  grid: Float64Array,
  y: Float64Array,
  beside: Float64Array,
  yBeside: Float64Array,
): { line: Line; dots: Dot[]; at: number[] } {
  const joints = new Set(beside.filter((_, i) => i % 3 === 1));
  const places: [number, number][] = [];
  grid.forEach((z, i) => {
    if (!joints.has(z)) places.push([z, y[i]]);
  });
  const dots: Dot[] = [];
  const at: number[] = [];
  const height = heightOf(y);
  const apart = (a: number, b: number) => !(Math.abs(a - b) <= 1e-6 * height);
  for (let i = 0; i < beside.length; i += 3) {
    const z = beside[i + 1];
    const [left, own, right] = yBeside.subarray(i, i + 3);
    const sides = [left, right].filter((side) => apart(side, own));
    if (sides.length === 0) {
      places.push([z, own]);
      continue;
    }
    at.push(z);
    // Of one z: sorting keeps their order.
    places.push([z, apart(left, own) ? left : own], [z, NaN], [z, apart(right, own) ? right : own]);
    for (const side of sides) if (Number.isFinite(side)) dots.push({ z, y: side, closed: false });
    if (Number.isFinite(own)) dots.push({ z, y: own, closed: true });
  }
  places.sort((a, b) => a[0] - b[0]);
  const line = {
    z: Float64Array.from(places, ([z]) => z),
    y: Float64Array.from(places, ([, height]) => height),
  };
  return { line, dots, at };
}
