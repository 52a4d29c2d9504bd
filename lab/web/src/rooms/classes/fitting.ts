/**
 * Fits the two-class problems of the three reductions, and softmax, by the engine: each as
 * LogisticRegression(C) of the library, to rows of the classes that take part.
 */
import type { Engine, LogisticFit } from "../../engine/api.ts";
import type { Point } from "../../state/codecs.ts";
import { columnsOf, pairsOf, type Code } from "./decisions.ts";
import { lines, type Lines } from "./lines.ts";

export const STRATEGIES = ["pairs", "rest", "codes", "softmax"] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** The linear functions of one strategy. */
export interface Fitted {
  lines: Lines;
  /** Which side of each line a class (by its place) is trained on; of softmax there are none. */
  sides: readonly (readonly number[])[];
  converged: boolean;
}

export interface Fits extends Record<Exclude<Strategy, "codes">, Fitted> {
  points: readonly Point[];
  /** Numbers of the classes that have points, in order. */
  present: readonly number[];
  C: number;
  code?: Code;
  /** Left out where the code book cannot decide. */
  codes?: Fitted;
}

const TOLERANCE = 1e-8;
const MOST_STEPS = 1000;

/** What is fitted to the same points is fitted once: a code book shares columns with the others. */
export class Fitter {
  readonly present: readonly number[];
  #known = new Map<string, Promise<LogisticFit>>();
  #strategies = new Map<string, Promise<Fitted>>();

  constructor(
    readonly engine: Engine,
    readonly points: readonly Point[],
    readonly C: number,
  ) {
    this.present = [...new Set(points.map((point) => point.of))].sort((a, b) => a - b);
  }

  async fit(code: Code | undefined): Promise<Fits> {
    const { points, present, C } = this;
    const [pairs, rest, softmax, codes] = await Promise.all([
      this.#strategy(pairSides(present.length)),
      this.#strategy(restSides(present.length)),
      this.#softmax(),
      code && this.#strategy(columnsOf(code)),
    ]);
    return { points, present, C, pairs, rest, softmax, code, codes };
  }

  #strategy(sides: readonly (readonly number[])[]): Promise<Fitted> {
    return remembered(this.#strategies, sides.join(";"), async () => {
      const found = await Promise.all(sides.map((side) => this.#problem(side)));
      const all = lines(found.length);
      found.forEach(({ coef, intercept }, j) => {
        all.w1[j] = coef[0];
        all.w2[j] = coef[1];
        all.b[j] = intercept[0];
      });
      return { lines: all, sides, converged: found.every((one) => one.converged) };
    });
  }

  #problem(side: readonly number[]): Promise<LogisticFit> {
    return remembered(this.#known, side.join(), () => {
      const place = new Map(this.present.map((of, i) => [of, i]));
      const own = this.points.filter(({ of }) => side[place.get(of)!] !== 0);
      const label = Int32Array.from(own, ({ of }) => (side[place.get(of)!] > 0 ? 1 : 0));
      return this.#solve(own, label, 2);
    });
  }

  #softmax(): Promise<Fitted> {
    return remembered(this.#strategies, "softmax", async () => {
      const { present, points } = this;
      const label = Int32Array.from(points, ({ of }) => present.indexOf(of));
      const { coef, intercept, converged } = await this.#solve(points, label, present.length);
      const all = lines(present.length);
      // Two classes have one output, for the second; the first one's is 0.
      const first = present.length === 2 ? 1 : 0;
      for (let i = first; i < present.length; i++) {
        all.w1[i] = coef[2 * (i - first)];
        all.w2[i] = coef[2 * (i - first) + 1];
        all.b[i] = intercept[i - first];
      }
      return { lines: all, sides: [], converged };
    });
  }

  #solve(points: readonly Point[], label: Int32Array, classes: number): Promise<LogisticFit> {
    const X = new Float64Array(2 * points.length);
    points.forEach(({ x, y }, i) => X.set([x, y], 2 * i));
    return this.engine.logistic.fit({ X, columns: 2 }, label, {
      classes,
      C: this.C,
      tol: TOLERANCE,
      maxIter: MOST_STEPS,
    });
  }
}

/** The later class of a pair is the positive one. */
export function pairSides(classes: number): number[][] {
  return pairsOf(classes).map(([earlier, later]) =>
    Array.from({ length: classes }, (_, i) => (i === earlier ? -1 : i === later ? 1 : 0)),
  );
}

/** Two classes need a single model, for the second one. */
export function restSides(classes: number): number[][] {
  if (classes === 2) return [[-1, 1]];
  return Array.from({ length: classes }, (_, own) =>
    Array.from({ length: classes }, (_, i) => (i === own ? 1 : -1)),
  );
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>) {
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = make()));
  return found;
}

/** Does one thing after another; what was overtaken while waiting is not done at all. */
export class Gate {
  #busy = false;
  #next: (() => Promise<void>) | undefined;

  run(task: () => Promise<void>): void {
    this.#next = task;
    if (!this.#busy) void this.#go();
  }

  async #go(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#next) {
        const task = this.#next;
        this.#next = undefined;
        await task();
      }
    } finally {
      this.#busy = false;
    }
  }
}
