/**
 * The points of a curve, as the engine computes them: more where value or slope jumps, found by
 * cutting suspicious stretches down to neighbouring numbers, so that formulas and every choice of
 * slope at kinks are drawn as they are computed.
 */
import type { Evaluated } from "../../engine/api.ts";
import { neighbour } from "./floats.ts";
import { jumpsOf, type Evaluate } from "./jumps.ts";
import { thinned } from "./thinning.ts";
import { extentOf, heightOf, type Extent } from "./heights.ts";

/** A curve to be drawn: NaN where the line breaks. */
export interface Line {
  z: Float64Array;
  y: Float64Array;
  extent: Extent | undefined;
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
  const value = { z: grid, y: on.value, extent: extentOf(on.value) };
  const slope = { z: grid, y: on.derivative, extent: extentOf(on.derivative) };
  const jumps = await jumpsOf(evaluate, value, slope);
  if (jumps.length === 0)
    return { value: thinned(value), slope: thinned(slope), valueDots: [], slopeDots: [] };
  const beside = Float64Array.from(
    jumps.flatMap((at) => [neighbour(at, false), at, neighbour(at, true)]),
  );
  const around = await evaluate(beside.slice());
  return joined(value, slope, beside, around);
}

/** Puts the places of the jumps, three for each in `beside`, between those of the grid. */
function joined(value: Line, slope: Line, beside: Float64Array, around: Evaluated): Curve {
  const ofValue = broken(value, beside, around.value);
  const ofSlope = broken(slope, beside, around.derivative);
  return {
    value: thinned(ofValue.line),
    slope: thinned(ofSlope.line),
    valueDots: ofValue.dots,
    slopeDots: ofSlope.dots,
  };
}

function broken(
  { z: grid, y, extent }: Line,
  beside: Float64Array,
  yBeside: Float64Array,
): { line: Line; dots: Dot[] } {
  const joints = new Set(beside.filter((_, i) => i % 3 === 1));
  const places: [number, number][] = [];
  grid.forEach((z, i) => {
    if (!joints.has(z)) places.push([z, y[i]]);
  });
  const dots: Dot[] = [];
  const height = heightOf(extent);
  const apart = (a: number, b: number) => !(Math.abs(a - b) <= 1e-6 * height);
  for (let i = 0; i < beside.length; i += 3) {
    const z = beside[i + 1];
    const [left, own, right] = yBeside.subarray(i, i + 3);
    const sides = [left, right].filter((side) => apart(side, own));
    if (sides.length === 0) {
      places.push([z, own]);
      continue;
    }
    // Of one z: sorting keeps their order.
    places.push([z, apart(left, own) ? left : own], [z, NaN], [z, apart(right, own) ? right : own]);
    for (const side of sides) if (Number.isFinite(side)) dots.push({ z, y: side, closed: false });
    if (Number.isFinite(own)) dots.push({ z, y: own, closed: true });
  }
  places.sort((a, b) => a[0] - b[0]);
  const line = {
    z: Float64Array.from(places, ([z]) => z),
    y: Float64Array.from(places, ([, height]) => height),
    extent,
  };
  return { line, dots };
}
