/** The part of the data's space on view: it stays while a point is moved within it. */
import { around } from "../../ui/ticks.ts";
import type { Range } from "./geometry.ts";

/** A range with round ends. */
export function wide(values: ArrayLike<number>): Range {
  const [low, high] = around(values, [0, 10], 0.06);
  const unit = 10 ** Math.floor(Math.log10((high - low) / 2)) / 2;
  return [Math.floor(low / unit) * unit, Math.ceil(high / unit) * unit];
}

export function within(values: ArrayLike<number>, [low, high]: Range): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] < low || values[i] > high) return false;
  return true;
}

/** A coordinate as finely as the eye can place it: about a five-hundredth of the axis. */
export function placed(value: number, [low, high]: Range): number {
  const decimals = Math.max(0, Math.min(12, 2 - Math.floor(Math.log10((high - low) / 2))));
  return Number(value.toFixed(decimals));
}
