/** On which sides a function is flat, measured as the library's diagnosis measures it. */
import type { Engine, FunctionSpec, LayerState } from "../../engine/api.ts";
import { thresholds } from "./thresholds.ts";

const ACTIVE = 0.05; // of the greatest slope
const FAR = [30, 300];
const DIES = 0.9; // what stays of a slope that does not fall on, such as leaky ReLU's

export interface Flat {
  left: boolean;
  right: boolean;
}

export async function flatSides(engine: Engine, spec: FunctionSpec): Promise<Flat> {
  const middle = Float64Array.from({ length: 2401 }, (_, i) => -12 + i / 100);
  const far = Float64Array.from([...FAR.map((z) => -z), ...FAR]);
  const [near, sides] = await Promise.all(
    [middle, far].map((z) => engine.functions.evaluate(spec, z)),
  );
  const greatest = near.derivative.reduce(
    (most, slope) => (Number.isFinite(slope) ? Math.max(most, Math.abs(slope)) : most),
    0,
  );
  const share = (at: number) => Math.abs(sides.derivative[at]) / (greatest || 1);
  const dies = (first: number, last: number) =>
    first <= ACTIVE && last <= ACTIVE && (last === 0 || last < DIES * first);
  return { left: dies(share(0), share(1)), right: dies(share(2), share(3)) };
}

/**
 * Units that are on a flat side for good, though some slope is left. A function with one flat side
 * is used sparsely on purpose: of it no row at all may be active.
 */
export function saturatedUnits(state: LayerState, { left, right }: Flat): number[] {
  if (!left && !right) return [];
  const most = left && right ? 1 - thresholds.saturated_rows : 0;
  const dead = new Set(state.deadUnits);
  const shares = [...(state.activeShare ?? [])];
  return [...shares.keys()].filter((unit) => !dead.has(unit) && shares[unit] <= most);
}
