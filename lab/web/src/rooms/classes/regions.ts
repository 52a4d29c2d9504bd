/** What a strategy says of every place of the plane, cell by cell. */
import { CLEAR, type Decide } from "./decisions.ts";
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
  let ambiguous = 0;
  for (let row = 0, cell = 0; row < ROWS; row++) {
    const at = y[0] + (row + 0.5) * dy;
    for (let column = 0; column < COLUMNS; column++, cell++) {
      const decision = decide(outputs(lines, x[0] + (column + 0.5) * dx, at, z));
      winner[cell] = decision.winner;
      ambiguity[cell] = decision.ambiguity;
      if (decision.ambiguity !== CLEAR) ambiguous++;
    }
  }
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

/** The cell of each class's region that is farthest from its edge, by rows and columns. */
function labelsOf(winner: Uint8Array, classes: number): ([number, number] | undefined)[] {
  // Distance to the nearest cell of another class or the frame, in steps along rows and columns.
  const depth = new Uint16Array(winner.length);
  const size = new Uint32Array(classes);
  for (let row = 0, cell = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS; column++, cell++) {
      size[winner[cell]]++;
      const inside = row > 0 && column > 0;
      depth[cell] =
        inside && winner[cell - 1] === winner[cell] && winner[cell - COLUMNS] === winner[cell]
          ? Math.min(depth[cell - 1], depth[cell - COLUMNS]) + 1
          : 1;
    }
  const best = new Int32Array(classes).fill(-1);
  for (let row = ROWS - 1, cell = winner.length - 1; row >= 0; row--)
    for (let column = COLUMNS - 1; column >= 0; column--, cell--) {
      const of = winner[cell];
      const inside = row < ROWS - 1 && column < COLUMNS - 1;
      const beyond =
        inside && winner[cell + 1] === of && winner[cell + COLUMNS] === of
          ? Math.min(depth[cell + 1], depth[cell + COLUMNS]) + 1
          : 1;
      depth[cell] = Math.min(depth[cell], beyond);
      if (best[of] < 0 || depth[cell] > depth[best[of]]) best[of] = cell;
    }
  return Array.from(best, (cell, of) =>
    cell < 0 || size[of] < LEAST
      ? undefined
      : [(cell % COLUMNS) + 0.5, Math.floor(cell / COLUMNS) + 0.5],
  );
}
