/** Linear functions z = w1 x1 + w2 x2 + b, many together, and where they are 0. */

export interface Lines {
  w1: Float64Array;
  w2: Float64Array;
  b: Float64Array;
}

export function lines(count: number): Lines {
  return {
    w1: new Float64Array(count),
    w2: new Float64Array(count),
    b: new Float64Array(count),
  };
}

/** z of each line at a point, written to `z` and returned. */
export function outputs(of: Lines, x: number, y: number, z = new Float64Array(of.b.length)) {
  for (let j = 0; j < z.length; j++) z[j] = of.w1[j] * x + of.w2[j] * y + of.b[j];
  return z;
}

export interface Piece {
  from: [number, number];
  to: [number, number];
}

/** The part of w1 x1 + w2 x2 + b = 0 within a rectangle, with `w` on its left as one walks it. */
export function crossing(
  w1: number,
  w2: number,
  b: number,
  [left, right]: [number, number],
  [low, high]: [number, number],
): Piece | undefined {
  const size = Math.hypot(w1, w2);
  if (!(size > 0) || !Number.isFinite(size) || !Number.isFinite(b)) return undefined;
  const [n1, n2, d] = [w1 / size, w2 / size, b / size];
  // The foot of the perpendicular from the middle, where numbers are small.
  const middle: [number, number] = [(left + right) / 2, (low + high) / 2];
  const off = n1 * middle[0] + n2 * middle[1] + d;
  const foot: [number, number] = [middle[0] - off * n1, middle[1] - off * n2];
  return clipped(
    foot,
    [n2, -n1],
    [
      [1, 0, -left],
      [-1, 0, right],
      [0, 1, -low],
      [0, -1, high],
    ],
  );
}

/** The part of a line, from `through` on both ways, where all of w1 x + w2 y + b are at least 0. */
export function clipped(
  through: [number, number],
  direction: [number, number],
  sides: readonly (readonly [number, number, number])[],
): Piece | undefined {
  let [first, last] = [-Infinity, Infinity];
  for (const [w1, w2, b] of sides) {
    const at = w1 * through[0] + w2 * through[1] + b;
    const slope = w1 * direction[0] + w2 * direction[1];
    if (slope > 0) first = Math.max(first, -at / slope);
    else if (slope < 0) last = Math.min(last, -at / slope);
    else if (at < 0) return undefined;
  }
  if (!(first < last) || !Number.isFinite(first - last)) return undefined;
  const place = (t: number): [number, number] => [
    through[0] + t * direction[0],
    through[1] + t * direction[1],
  ];
  return { from: place(first), to: place(last) };
}
