/** The float64s one after the other. */

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

/** `parts` + 1 places from the one to the other, evenly spread among the float64s between them. */
export function spread(left: number, right: number, parts: number): number[] {
  const first = placeOf(left);
  const far = placeOf(right) - first;
  return Array.from({ length: parts + 1 }, (_, i) =>
    atPlace(first + (far * BigInt(i)) / BigInt(parts)),
  );
}

/** The number from the one to the other that is written shortest. */
export function roundest(left: number, right: number): number {
  if (left <= 0 && right >= 0) return 0;
  let power = Math.ceil(Math.log10(Math.max(Math.abs(left), Math.abs(right))));
  for (; power > -300; power--) {
    const step = 10 ** power;
    const times = Math.ceil(left / step - 1e-12);
    const found = Number(`${times}e${power}`);
    if (found >= left && found <= right) return found;
    if (step < (right - left) * 1e-3) break; // rounding is in the way
  }
  return left;
}
