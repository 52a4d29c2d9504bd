/** The followed sample: z of every model, and a of it by the engine. */
import { EngineError, type Engine } from "../../engine/api.ts";
import { Gate, STRATEGIES, type Fits, type Strategy } from "./fitting.ts";
import { outputs } from "./lines.ts";
import type { Results } from "./results.svelte.ts";

export interface Outputs {
  z: Float64Array;
  /** 1 / (1 + e^-z); of softmax the probabilities. */
  a: Float64Array;
}

export interface Trace {
  fits: Fits;
  x: number;
  y: number;
  pairs: Outputs;
  rest: Outputs;
  codes?: Outputs;
  softmax: Outputs;
  /** e^(z - shift); the shift is 0 unless e^z has no place among the numbers of a computer. */
  exponentials: Float64Array;
  shift: number;
  sum: number;
}

const LARGE = 700;

export class Tracer {
  trace: Trace | undefined = $state.raw();
  #gate = new Gate();

  constructor(
    results: Results,
    readonly engine: Engine,
  ) {
    $effect(() => {
      const { fits, room } = results;
      const [x, y] = [room.x1.value, room.x2.value];
      this.#gate.run(async () => {
        try {
          this.trace = fits && (await this.#follow(fits, x, y));
        } catch (error) {
          this.trace = undefined;
          if (!(error instanceof EngineError)) throw error;
          results.failure = error.text;
        }
      });
    });
  }

  async #follow(fits: Fits, x: number, y: number): Promise<Trace | undefined> {
    const z = (strategy: Strategy) => fits[strategy] && outputs(fits[strategy].lines, x, y);
    const reductions = STRATEGIES.filter((name) => name !== "softmax").map((name) => z(name));
    const own = z("softmax")!;
    const most = own.reduce((one, other) => Math.max(one, other));
    const shift = Math.abs(most) > LARGE ? most : 0;
    const [a, exponentials] = await Promise.all([
      this.#value("sigmoid", joined(reductions.map((one) => one ?? new Float64Array()))),
      this.#value(
        "exponential",
        own.map((one) => one - shift),
      ),
    ]);
    let begin = 0;
    const [pairs, rest, codes] = reductions.map((one) => {
      if (one === undefined) return undefined;
      begin += one.length;
      return { z: one, a: a.slice(begin - one.length, begin) };
    });
    const sum = exponentials.reduce((one, other) => one + other);
    const softmax = { z: own, a: exponentials.map((one) => one / sum) };
    return { fits, x, y, pairs: pairs!, rest: rest!, codes, softmax, exponentials, shift, sum };
  }

  async #value(name: string, z: Float64Array): Promise<Float64Array> {
    return (await this.engine.functions.evaluate({ name }, z)).value;
  }
}

function joined(parts: Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
