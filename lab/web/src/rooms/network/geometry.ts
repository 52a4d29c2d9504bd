/** Where the units of the network stand in its picture, and which line is under the pointer. */

export interface Place {
  x: number; // of the left edge
  y: number; // of the upper edge
}

export interface Layout {
  width: number;
  height: number;
  size: number; // of a unit's square
  /** Inputs that are shown, hidden layers, outputs. */
  columns: Place[][];
  /** Middle of each column. */
  middles: number[];
  pitch: number;
}

export const MOST_INPUTS_SHOWN = 10;
const GAP = 6;
const TALLEST = 450;
const LARGEST = 58;
const SMALLEST = 22;

/** `units`: input, hidden layers, outputs. */
export function layout(units: number[], width: number): Layout {
  const counts = units.map((count, i) => (i === 0 ? Math.min(count, MOST_INPUTS_SHOWN) : count));
  const most = Math.max(...counts);
  const pitch = width / counts.length;
  const size = Math.max(
    SMALLEST,
    Math.floor(Math.min(LARGEST, pitch * (pitch < 60 ? 0.74 : 0.6), TALLEST / most - GAP)),
  );
  const gap = Math.max(GAP, Math.min(14, TALLEST / most - size));
  const height = most * (size + gap) + gap;
  const middles = counts.map((_, i) => pitch * (i + 0.5));
  const columns = counts.map((count, i) => {
    const top = (height - count * (size + gap) + gap) / 2;
    return Array.from({ length: count }, (_, unit) => ({
      x: middles[i] - size / 2,
      y: top + unit * (size + gap),
    }));
  });
  return { width, height, size, columns, middles, pitch };
}

export interface Connection {
  /** Number of the column it comes from. */
  layer: number;
  from: number;
  to: number;
}

const NEAR = 6;

/** The line nearest to a point, if one is near. */
export function connectionAt(
  { columns, size }: Layout,
  x: number,
  y: number,
): Connection | undefined {
  for (let layer = 0; layer + 1 < columns.length; layer++) {
    const left = columns[layer][0].x + size;
    const right = columns[layer + 1][0].x;
    if (x < left || x > right) continue;
    const share = along((x - left) / (right - left));
    const bend = share * share * (3 - 2 * share);
    let best: Connection | undefined;
    let nearest = NEAR;
    columns[layer].forEach((start, from) =>
      columns[layer + 1].forEach((end, to) => {
        const distance = Math.abs(start.y + size / 2 + bend * (end.y - start.y) - y);
        if (distance < nearest) {
          nearest = distance;
          best = { layer, from, to };
        }
      }),
    );
    return best;
  }
  return undefined;
}

/** Parameter of a curve whose inner control points lie half-way, at a share of its width. */
function along(share: number): number {
  let t = share;
  for (let i = 0; i < 4; i++) t -= (t * (1.5 + t * (t - 1.5)) - share) / (1.5 + t * (3 * t - 3));
  return t;
}
