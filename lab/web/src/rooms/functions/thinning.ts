/** Fewer points where a curve is straight: strokes of a thousand pieces take longer than a frame. */
import { heightOf } from "./heights.ts";
import type { Line } from "./sampling.ts";

// Of the curve's height: a fraction of a pixel.
const TOLERANCE = 1e-4;

/**
 * The line without the points that lie between others within the tolerance: from each point kept
 * on, the next ones are left out as long as one straight line passes all of them closely.
 */
export function thinned(line: Line): Line {
  const { z, y, extent } = line;
  const height = heightOf(extent);
  const near = Number.isFinite(height) ? TOLERANCE * height : 0;
  const kept: number[] = [];
  let from = -1; // the last point kept
  let least = -Infinity; // slopes from there that pass all points since closely
  let most = Infinity;
  for (let i = 0; i < z.length; i++) {
    const here = Number.isFinite(y[i]);
    if (!here && i > 0 && !Number.isFinite(y[i - 1])) continue; // one break is enough
    if (from >= 0 && here && z[i] > z[from]) {
      const far = z[i] - z[from];
      const slope = (y[i] - y[from]) / far;
      if (slope >= least && slope <= most) {
        least = Math.max(least, slope - near / far);
        most = Math.min(most, slope + near / far);
        continue;
      }
    }
    if (i > 0 && kept[kept.length - 1] !== i - 1) kept.push(i - 1);
    from = i - 1;
    if (from >= 0 && here && Number.isFinite(y[from]) && z[i] > z[from]) {
      const far = z[i] - z[from];
      const slope = (y[i] - y[from]) / far;
      least = slope - near / far;
      most = slope + near / far;
    } else {
      kept.push(i); // an end of a stretch, or a break
      from = here ? i : -1;
      least = -Infinity;
      most = Infinity;
    }
  }
  if (kept[kept.length - 1] !== z.length - 1) kept.push(z.length - 1);
  return {
    z: Float64Array.from(kept, (i) => z[i]),
    y: Float64Array.from(kept, (i) => y[i]),
    extent,
  };
}
