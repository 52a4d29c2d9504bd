/** A box seen from the side, for the plane of two variables: parallel projection. */
import type { Range } from "./geometry.ts";

export interface Projected {
  x: number;
  y: number;
  /** Larger is nearer. */
  depth: number;
}

export type Projection = (x1: number, x2: number, y: number) => Projected;

const HEIGHT = 0.75;

/** `turn` about the upright axis and `tilt` towards the eye, in degrees. */
export function projection(ranges: readonly Range[], turn: number, tilt: number): Projection {
  const unit = ranges.map(
    ([low, high]) =>
      (value: number) =>
        (2 * (value - low)) / (high - low) - 1,
  );
  const [cosine, sine] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [level, up] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)];
  return (x1, x2, y) => {
    const [u, v, h] = [unit[0](x1), unit[1](x2), HEIGHT * unit[2](y)];
    const away = u * sine + v * cosine;
    return { x: u * cosine - v * sine, y: h * level + away * up, depth: -away };
  };
}
