/** Where the clouds of points lie: arrangements that one strategy or another finds hard. */
import { Random } from "../../data/random.ts";
import { points as pointsOfSet } from "../../data/sets2d.ts";
import type { Point } from "../../state/codecs.ts";

export const ARRANGEMENTS = ["corners", "ring", "row", "centre", "circles", "spirals"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

export const MOST_CLASSES = 8;
export const MOST_POINTS = 500;
/** All arrangements lie within. */
export const PLANE: [number, number] = [-3.5, 3.5];

const LIMITS: Partial<Record<Arrangement, [number, number]>> = {
  centre: [3, 8],
  circles: [2, 4],
  spirals: [2, 5],
};

export interface Drawn {
  arrangement: Arrangement;
  classes: number;
  /** Points of each class. */
  each: number;
  noise: number;
  seed: number;
}

/** The number of classes nearest to the one asked for that the arrangement can have. */
export function classesOf(arrangement: Arrangement, wanted: number): number {
  const [least, most] = LIMITS[arrangement] ?? [2, MOST_CLASSES];
  return Math.min(most, Math.max(least, wanted));
}

/** Points of each class, as few as the limit asks for. */
export function eachOf(drawn: Drawn): number {
  const classes = classesOf(drawn.arrangement, drawn.classes);
  return Math.min(drawn.each, Math.floor(MOST_POINTS / classes));
}

export function arrange(drawn: Drawn): Point[] {
  const { arrangement, noise, seed } = drawn;
  const classes = classesOf(arrangement, drawn.classes);
  const n = eachOf(drawn) * classes;
  if (arrangement === "ring" || arrangement === "circles" || arrangement === "spirals") {
    const name = arrangement === "ring" ? "blobs" : arrangement;
    const { X, y } = pointsOfSet(name, { n, noise: 0.6 * noise, seed, classes });
    return Array.from(y, (of, i) => point(X[2 * i], X[2 * i + 1], of));
  }
  const random = new Random(seed);
  const centres = Array.from({ length: classes }, (_, of) => centre(arrangement, of, classes));
  return Array.from({ length: n }, (_, i) => {
    const of = i % classes;
    const spread = 0.15 + noise;
    return point(
      centres[of][0] + spread * random.normal(),
      centres[of][1] + spread * random.normal(),
      of,
    );
  });
}

function centre(arrangement: Arrangement, of: number, classes: number): [number, number] {
  if (arrangement === "row") return [-2.6 + (5.2 * of) / (classes - 1), 0];
  if (arrangement === "centre") {
    if (of === 0) return [0, 0];
    const turn = Math.PI / 2 - (2 * Math.PI * (of - 1)) / (classes - 1);
    return [2.2 * Math.cos(turn), 2.2 * Math.sin(turn)];
  }
  // Four corners, then more columns: A and B above C and D, as in AB|CD and AC|BD.
  const columns = Math.ceil(classes / 2);
  const across = columns === 1 ? 0 : (of % columns) / (columns - 1) - 0.5;
  return [(columns > 2 ? 4.6 : 3.2) * across, of < columns ? 1.5 : -1.5];
}

function point(x: number, y: number, of: number): Point {
  return { x: rounded(x), y: rounded(y), of };
}

/** Two decimals, within the plane: what the eye sees, short in the link. */
export function rounded(value: number): number {
  return Math.min(PLANE[1], Math.max(PLANE[0], Math.round(value * 100) / 100));
}
