/** Where the value or the slope of a function jumps, told from its numbers alone. */
import type { Evaluated } from "../../engine/api.ts";
import { neighbour, roundest, spread } from "./floats.ts";
import { heightOf } from "./heights.ts";
import type { Line } from "./sampling.ts";

export type Evaluate = (z: Float64Array) => Promise<Evaluated>;

// Neighbours farther apart than this share of the curve's height may have a jump between them.
const SUSPICIOUS = 0.02;
// What cutting leaves of a jump; of a mere steep slope it leaves nothing.
const REMAINS = 0.3;
const PARTS = 32; // neighbours are reached in 13 rounds at most
const MOST_JUMPS = 200;

interface Stretch {
  left: number;
  right: number;
  rise: number;
  slope: boolean;
}

/**
 * The places of jumps: of two neighbouring floats on both sides the one that is written shorter.
 *
 * Stretches of the grid over which a curve rises much are cut into parts, of which the steepest is
 * cut again, until they are neighbours. Since most jumps are at round numbers, the roundest number
 * of each stretch is looked at beside: it mostly ends the search in one round.
 */
export async function jumpsOf(evaluate: Evaluate, value: Line, slope: Line): Promise<number[]> {
  let open = [...suspicious(value, false), ...suspicious(slope, true)];
  const found = new Set<number>();
  while (open.length > 0) {
    const places = open.map(({ left, right }) => {
      const round = roundest(left, right);
      const around = [neighbour(round, false), round, neighbour(round, true)];
      return [...around, ...spread(left, right, PARTS)];
    });
    const said = await evaluate(Float64Array.from(places.flat()));
    let from = 0;
    const next: Stretch[] = [];
    open.forEach((stretch, i) => {
      const y = (stretch.slope ? said.derivative : said.value).subarray(
        from,
        from + places[i].length,
      );
      from += places[i].length;
      const [on, part] = [places[i], steepest(y, 3)];
      const least = REMAINS * stretch.rise;
      if (Math.abs(y[0] - y[1]) > least || Math.abs(y[1] - y[2]) > least) {
        found.add(on[1]);
        return;
      }
      const [left, right] = [on[part], on[part + 1]];
      if (Math.abs(y[part + 1] - y[part]) <= least) return; // steep, and no jump
      if (right <= neighbour(left, true)) found.add(shorter(left, right));
      else next.push({ ...stretch, left, right });
    });
    open = next;
  }
  return [...found].sort((a, b) => a - b).slice(0, MOST_JUMPS);
}

function suspicious({ z, y, extent }: Line, slope: boolean): Stretch[] {
  const height = heightOf(extent);
  const found: Stretch[] = [];
  for (let i = 1; i < z.length && found.length < MOST_JUMPS; i++) {
    const rise = Math.abs(y[i] - y[i - 1]);
    if (rise > SUSPICIOUS * height) found.push({ left: z[i - 1], right: z[i], rise, slope });
  }
  return found;
}

/** The part with the greatest change; the first one where a number is none. */
function steepest(y: Float64Array, first: number): number {
  let best = first;
  let most = -1;
  for (let i = first; i + 1 < y.length; i++) {
    const change = Math.abs(y[i + 1] - y[i]);
    if (Number.isNaN(change)) return i;
    if (change > most) [best, most] = [i, change];
  }
  return best;
}

function shorter(a: number, b: number): number {
  return String(a).length <= String(b).length ? a : b;
}
