/**
 * Data sets in the plane that every room can make: the same name, size, noise and seed give the
 * same points, so that a link of a few letters carries all of them. Points lie between about -3
 * and 3 in both directions, so that a network can train on them as they are.
 */
import type { Text } from "../text/text.svelte.ts";
import { Random } from "./random.ts";

export const CLASS_SETS = ["blobs", "moons", "circles", "xor", "checkerboard", "spirals"] as const;
export const REGRESSION_SETS = ["plane", "waves", "bump"] as const;
export type ClassSet = (typeof CLASS_SETS)[number];
export type RegressionSet = (typeof REGRESSION_SETS)[number];
export type SetName = ClassSet | RegressionSet;

export interface SetEntry {
  title: Text;
  about: Text;
  /** Fewest and most classes; regression has none. */
  classes?: [number, number];
}

/** Rows of x1, x2 (row-major), and the class from 0 or the target of each. */
export interface Points {
  X: Float64Array;
  y: Float64Array;
  /** Number of classes; 0 for a regression. */
  classes: number;
}

export interface SetOptions {
  n: number;
  /** From 0 to 1: how far points stray, or the spread of the target's errors. */
  noise: number;
  seed: number;
  /** Brought into what the set can have. */
  classes?: number;
}

export const sets: Record<SetName, SetEntry> = {
  blobs: {
    title: { en: "Clouds", zh: "高斯团" },
    about: { en: "One round cloud a class; straight lines do.", zh: "每类一团；直线就能分开。" },
    classes: [2, 8],
  },
  moons: {
    title: { en: "Moons", zh: "月牙" },
    about: { en: "Two crescents, one within the other.", zh: "两弯月牙，互相嵌套。" },
    classes: [2, 2],
  },
  circles: {
    title: { en: "Circles", zh: "同心圆" },
    about: { en: "Rings around each other.", zh: "一环套一环。" },
    classes: [2, 4],
  },
  xor: {
    title: { en: "Exclusive or", zh: "异或" },
    about: {
      en: "Opposite quarters belong together: no single line parts them.",
      zh: "对角的两块属于同一类：一条直线分不开。",
    },
    classes: [2, 2],
  },
  checkerboard: {
    title: { en: "Checkerboard", zh: "棋盘" },
    about: { en: "Sixteen fields in turn.", zh: "十六格，黑白相间。" },
    classes: [2, 2],
  },
  spirals: {
    title: { en: "Spirals", zh: "螺旋" },
    about: { en: "Arms wound around each other: hard.", zh: "几条臂互相缠绕：很难。" },
    classes: [2, 5],
  },
  plane: {
    title: { en: "Plane", zh: "平面" },
    about: { en: "y = x1 + x2 / 2: a linear regression.", zh: "y = x1 + x2 / 2：线性回归即可。" },
  },
  waves: {
    title: { en: "Waves", zh: "波浪" },
    about: { en: "y = sin(2 x1) cos(x2).", zh: "y = sin(2 x1) cos(x2)。" },
  },
  bump: {
    title: { en: "Hill and hollow", zh: "山与谷" },
    about: { en: "A hill and a hollow on flat land.", zh: "平地上一座山、一个谷。" },
  },
};

export function isRegression(name: SetName): name is RegressionSet {
  return (REGRESSION_SETS as readonly string[]).includes(name);
}

/** The number of classes nearest to the one asked for that the set can have. */
export function classesOf(name: SetName, wanted = 2): number {
  const [least, most] = sets[name].classes ?? [0, 0];
  return Math.min(most, Math.max(least, wanted));
}

export function points(name: SetName, options: SetOptions): Points {
  const { n, noise } = options;
  const random = new Random(options.seed);
  const classes = classesOf(name, options.classes);
  const X = new Float64Array(2 * n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (isRegression(name)) {
      const x1 = random.uniform(-2.5, 2.5);
      const x2 = random.uniform(-2.5, 2.5);
      X.set([x1, x2], 2 * i);
      y[i] = surface(name, x1, x2) + noise * random.normal();
    } else {
      const of = i % classes; // classes of equal size, whatever the first rows are used for
      const [x1, x2] = place(name, of, classes, random);
      // Clouds are nothing but their spread: without noise they are small, not points.
      const spread = name === "blobs" ? 0.25 + noise : noise;
      X.set([x1 + spread * random.normal(), x2 + spread * random.normal()], 2 * i);
      y[i] = of;
    }
  }
  return { X, y, classes };
}

function surface(name: RegressionSet, x1: number, x2: number): number {
  switch (name) {
    case "plane":
      return x1 + x2 / 2;
    case "waves":
      return Math.sin(2 * x1) * Math.cos(x2);
    case "bump":
      return (
        2 * Math.exp(-((x1 - 1) ** 2) - (x2 - 0.8) ** 2) -
        2 * Math.exp(-((x1 + 1) ** 2) - (x2 + 0.8) ** 2)
      );
  }
}

/** A place of a class, without noise. */
function place(name: ClassSet, of: number, classes: number, random: Random): [number, number] {
  const turn = (2 * Math.PI * of) / classes;
  switch (name) {
    case "blobs":
      return [1.7 * Math.cos(turn + Math.PI / 4), 1.7 * Math.sin(turn + Math.PI / 4)];
    case "moons": {
      const angle = random.uniform(0, Math.PI);
      return of === 0
        ? [1.5 * (Math.cos(angle) - 0.5), 1.5 * (Math.sin(angle) - 0.25)]
        : [1.5 * (0.5 - Math.cos(angle)), 1.5 * (0.25 - Math.sin(angle))];
    }
    case "circles": {
      const angle = random.uniform(0, 2 * Math.PI);
      const radius = (2.2 * (of + 0.5)) / (classes - 0.5);
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }
    case "xor": {
      // A small gap along the axes.
      const x1 = random.uniform(0.1, 2) * (random.below(2) ? 1 : -1);
      return [x1, random.uniform(0.1, 2) * (of === 0 ? Math.sign(x1) : -Math.sign(x1))];
    }
    case "checkerboard": {
      const column = random.below(4);
      const row = 2 * random.below(2) + ((column + of) % 2);
      const within = () => random.uniform(0.04, 0.96);
      return [column - 2 + within(), row - 2 + within()];
    }
    case "spirals": {
      const along = Math.sqrt(random.uniform(0.01, 1)); // as many points on each length of an arm
      const angle = turn + along * 1.6 * Math.PI;
      return [2.3 * along * Math.cos(angle), 2.3 * along * Math.sin(angle)];
    }
  }
}
