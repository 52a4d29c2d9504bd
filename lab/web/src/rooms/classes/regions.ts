/** What a strategy says of every place of the plane, cell by cell. */
import { bitsOf, CLEAR, type Decide } from "./decisions.ts";
import { outputs, type Lines } from "./lines.ts";

export const COLUMNS = 200;
export const ROWS = 160;

export interface Regions {
  /** Place of the class, cell by cell, the lowest row first. */
  winner: Uint8Array;
  ambiguity: Uint8Array;
  /** Share of the cells where the answers alone do not name one class. */
  ambiguous: number;
  /** Where to write the name of each class that has a region; undefined where there is none. */
  labels: ([number, number] | undefined)[];
}

const BLOCK = 4; // cells in each direction

/**
 * Decides at the corners of blocks of cells, and cell by cell only where these differ. Where the
 * same answers and the same class are at all four corners, they are everywhere between: each answer
 * and each comparison of two classes is the sign of a linear function there. (Confidences that are
 * squashed are not linear; they make a difference that nobody sees.)
 */
export function regionsOf(
  lines: Lines,
  decide: Decide,
  classes: number,
  x: [number, number],
  y: [number, number],
): Regions {
  const winner = new Uint8Array(COLUMNS * ROWS);
  const ambiguity = new Uint8Array(COLUMNS * ROWS);
  const z = new Float64Array(lines.b.length);
  const [dx, dy] = [(x[1] - x[0]) / COLUMNS, (y[1] - y[0]) / ROWS];
  const decideAt = (column: number, row: number) =>
    decide(outputs(lines, x[0] + column * dx, y[0] + row * dy, z));
  /** Class, ambiguity and answers at the corners of a row of blocks. */
  const corners = (row: number) => {
    const all = new Int32Array(2 * (COLUMNS / BLOCK + 1));
    for (let i = 0; i <= COLUMNS / BLOCK; i++) {
      const decision = decideAt(i * BLOCK, row);
      all[2 * i] = decision.winner + classes * decision.ambiguity;
      all[2 * i + 1] = bitsOf(z);
    }
    return all;
  };
  let below = corners(0);
  for (let row = 0; row < ROWS; row += BLOCK) {
    const above = corners(row + BLOCK);
    for (let column = 0; column < COLUMNS; column += BLOCK) {
      const at = (2 * column) / BLOCK;
      let same = true;
      for (let k = 0; k < 2; k++) {
        const one = below[at + k];
        same &&= below[at + k + 2] === one && above[at + k] === one && above[at + k + 2] === one;
      }
      const of = below[at] % classes;
      const kind = Math.floor(below[at] / classes);
      for (let r = row; r < row + BLOCK; r++) {
        const first = r * COLUMNS + column;
        if (same) {
          for (let cell = first; cell < first + BLOCK; cell++) winner[cell] = of;
          if (kind !== CLEAR) ambiguity.fill(kind, first, first + BLOCK);
          continue;
        }
        for (let i = 0; i < BLOCK; i++) {
          const decision = decideAt(column + i + 0.5, r + 0.5);
          winner[first + i] = decision.winner;
          ambiguity[first + i] = decision.ambiguity;
        }
      }
    }
    below = above;
  }
  let ambiguous = 0;
  for (let cell = 0; cell < ambiguity.length; cell++) if (ambiguity[cell] !== CLEAR) ambiguous++;
  return {
    winner,
    ambiguity,
    ambiguous: ambiguous / winner.length,
    labels: labelsOf(winner, classes).map(
      (place) => place && [x[0] + place[0] * dx, y[0] + place[1] * dy],
    ),
  };
}

/** Cells whose number of different answers is counted over several strategies. */
export function differences(several: readonly Regions[]): Uint8Array {
  const count = new Uint8Array(COLUMNS * ROWS);
  for (let cell = 0; cell < count.length; cell++) {
    let seen = 0;
    for (const { winner } of several) {
      const bit = 1 << winner[cell];
      if ((seen & bit) === 0) count[cell]++;
      seen |= bit;
    }
  }
  return count;
}

const LEAST = 150; // cells: smaller regions have no room for a name
const STRIDE = 2; // a name's place need not be found more exactly

/** The cell of each class's region that is farthest from its edge, by rows and columns. */
function labelsOf(winner: Uint8Array, classes: number): ([number, number] | undefined)[] {
  const [columns, rows] = [COLUMNS / STRIDE, ROWS / STRIDE];
  const own = new Uint8Array(columns * rows);
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++)
      own[i] = winner[STRIDE * (row * COLUMNS + column)];
  // Distance to the nearest of another class or the frame, in steps along rows and columns.
  const depth = new Uint16Array(own.length);
  const size = new Uint32Array(classes);
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) {
      size[own[i]]++;
      const inside = row > 0 && column > 0;
      depth[i] =
        inside && own[i - 1] === own[i] && own[i - columns] === own[i]
          ? Math.min(depth[i - 1], depth[i - columns]) + 1
          : 1;
    }
  const best = new Int32Array(classes).fill(-1);
  for (let row = rows - 1, i = own.length - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--, i--) {
      const of = own[i];
      const inside = row < rows - 1 && column < columns - 1;
      const beyond =
        inside && own[i + 1] === of && own[i + columns] === of
          ? Math.min(depth[i + 1], depth[i + columns]) + 1
          : 1;
      depth[i] = Math.min(depth[i], beyond);
      if (best[of] < 0 || depth[i] > depth[best[of]]) best[of] = i;
    }
  return Array.from(best, (i, of) =>
    i < 0 || size[of] * STRIDE ** 2 < LEAST
      ? undefined
      : [STRIDE * (i % columns) + 0.5, STRIDE * Math.floor(i / columns) + 0.5],
  );
}
