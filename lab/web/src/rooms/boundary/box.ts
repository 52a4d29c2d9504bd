/** The part of the plane on view. */
import { around } from "../../ui/ticks.ts";
import type { Range } from "./line.ts";
import type { Sample } from "./samples.ts";

export interface Box {
  x: Range;
  y: Range;
}

const LECTURE: Range = [0, 5];

export function boxOf(samples: readonly Sample[]): Box {
  const x1 = samples.map((one) => one.x1);
  const x2 = samples.map((one) => one.x2);
  const all = [...x1, ...x2];
  const asLecture =
    all.every((value) => value >= LECTURE[0] && value <= LECTURE[1]) && Math.max(...all) > 1.5;
  if (asLecture) return { x: LECTURE, y: LECTURE };
  return { x: wide(x1), y: wide(x2) };
}

/** A range with round ends, which a sample that is moved a little does not change. */
function wide(values: number[]): Range {
  const [low, high] = around(values, LECTURE, 0.1);
  const unit = 10 ** Math.floor(Math.log10(high - low)) / 2;
  return [Math.floor(low / unit) * unit, Math.ceil(high / unit) * unit];
}

export function holds(box: Box, other: Box): boolean {
  return (["x", "y"] as const).every(
    (axis) => box[axis][0] <= other[axis][0] && box[axis][1] >= other[axis][1],
  );
}

/** A coordinate as finely as the eye can place it: about a five-hundredth of the axis. */
export function placed(value: number, [low, high]: Range): number {
  const decimals = Math.max(0, Math.min(12, 2 - Math.floor(Math.log10((high - low) / 2))));
  return Number(value.toFixed(decimals));
}
