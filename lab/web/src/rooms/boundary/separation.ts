/**
 * Whether a line separates the classes, in which case logistic regression without penalty has no
 * optimum (Albert and Anderson, 1984).
 */
import type { Sample } from "./samples.ts";

/**
 * "complete": a line has all samples strictly on their sides. "quasi": only with some on the line
 * itself. "single": there is one class only. What is nearer to a line than 1e-9 of the spread of
 * the samples counts as on it.
 */
export type Separation = "complete" | "quasi" | "overlap" | "single";

const TOUCHING = 1e-9;

/**
 * Turned and shifted until it touches, a line that separates goes through samples of both classes;
 * so those lines are all that need be tried.
 */
export function separation(samples: readonly Sample[]): Separation {
  const positives = samples.filter((one) => one.label === 1);
  const negatives = samples.filter((one) => one.label === 0);
  if (positives.length === 0 || negatives.length === 0) return "single";
  const touching = TOUCHING * spread(samples);
  let found: Separation = "overlap";
  for (const p of positives)
    for (const q of negatives) {
      const here = alongLine(p, q, samples, touching);
      if (here === "complete") return here;
      if (here === "quasi") found = here;
    }
  return found;
}

function spread(samples: readonly Sample[]): number {
  const x1 = samples.map((one) => one.x1);
  const x2 = samples.map((one) => one.x2);
  return Math.hypot(Math.max(...x1) - Math.min(...x1), Math.max(...x2) - Math.min(...x2));
}

function alongLine(
  p: Sample,
  q: Sample,
  samples: readonly Sample[],
  touching: number,
): "complete" | "quasi" | "overlap" {
  const length = Math.hypot(q.x1 - p.x1, q.x2 - p.x2);
  if (length <= touching) return "overlap";
  const [d1, d2] = [(q.x1 - p.x1) / length, (q.x2 - p.x2) / length];
  const on: Sample[] = [];
  let side = 0; // of the positives
  for (const one of samples) {
    const off = d1 * (one.x2 - p.x2) - d2 * (one.x1 - p.x1);
    if (Math.abs(off) <= touching) {
      on.push(one);
      continue;
    }
    const its = Math.sign(off) * (one.label === 1 ? 1 : -1);
    if (side !== 0 && its !== side) return "overlap";
    side = its;
  }
  // Of those on the line: if the classes lie apart along it, a slight turn parts them too.
  const place = (one: Sample) => d1 * (one.x1 - p.x1) + d2 * (one.x2 - p.x2);
  const places = [1, 0].map((label) => on.filter((one) => one.label === label).map(place));
  const gap = Math.max(
    Math.min(...places[0]) - Math.max(...places[1]),
    Math.min(...places[1]) - Math.max(...places[0]),
  );
  if (gap > touching) return "complete";
  if (side !== 0) return "quasi";
  return gap >= -touching ? "quasi" : "overlap"; // all samples are on this one line
}
