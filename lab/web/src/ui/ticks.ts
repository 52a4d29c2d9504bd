import { show } from "../state/numbers.ts";

/** A mark on an axis and what stands beside it. */
export interface Tick {
  at: number;
  label: string;
}

export function marks(low: number, high: number, wanted: number): Tick[] {
  return ticks(low, high, wanted).map((at) => ({ at, label: show(at) }));
}

/** Marks for an axis on which the decimal logarithm runs from `low` to `high`. */
export function logMarks(low: number, high: number, wanted: number): Tick[] {
  const decades = Math.floor(high) - Math.ceil(low) + 1;
  const every = Math.max(1, Math.ceil(decades / Math.max(1, wanted)));
  const digits = decades >= 4 ? [1] : [1, 2, 5];
  const found: Tick[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    for (const digit of power % every === 0 ? digits : []) {
      const at = power + Math.log10(digit);
      if (at >= low && at <= high) found.push({ at, label: show(Number(`${digit}e${power}`)) });
    }
  return found.length > 1 ? found : marks(low, high, wanted).map(asPower);
}

function asPower({ at }: Tick): Tick {
  return { at, label: show(10 ** at, 3) };
}

/** Round numbers for an axis from `low` to `high`, about `wanted` of them. */
export function ticks(low: number, high: number, wanted: number): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [];
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** A range that holds all finite `values`, with a margin; `otherwise` where there are none. */
export function around(
  values: ArrayLike<number>,
  otherwise: [number, number] = [-1, 1],
  margin = 0.08,
): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low > high) return otherwise;
  const span = high - low || Math.abs(high) || 1;
  return [low - margin * span, high + margin * span];
}
