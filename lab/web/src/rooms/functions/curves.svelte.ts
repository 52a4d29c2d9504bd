/** The curves on view and the numbers at the point, computed by the engine. */
import type { FunctionSpec } from "../../engine/api.ts";
import { engine } from "../../engine/client.ts";
import type { Span } from "./axes.ts";
import { keyOf, type Chosen } from "./chosen.ts";
import { library } from "./library.svelte.ts";
import { newest } from "./newest.ts";
import { sample, type Curve } from "./sampling.ts";

const POINTS = 1001;

export interface At {
  z: number;
  value: number;
  slope: number;
}

interface Wanted {
  key: string;
  spec: FunctionSpec;
}

export class Curves {
  drawn: ReadonlyMap<string, Curve> = $state.raw(new Map());
  at: ReadonlyMap<string, At> = $state.raw(new Map());
  /** Milliseconds that the last curves took to compute. */
  took = $state(0);

  constructor(shown: () => Chosen[], span: () => Span, z: () => number) {
    const draw = newest(async ({ wanted, span }: { wanted: Wanted[]; span: Span }) => {
      const began = performance.now();
      const made = await Promise.all(
        wanted.map(async ({ key, spec }) => [key, await curveOf(spec, span)] as const),
      );
      this.drawn = new Map(made);
      this.took = performance.now() - began;
    });
    const read = newest(async ({ wanted, z }: { wanted: Wanted[]; z: number }) => {
      const said = await Promise.all(
        wanted.map(async ({ key, spec }) => {
          const { value, derivative } = await engine.functions.evaluate(spec, Float64Array.of(z));
          return [key, { z, value: value[0], slope: derivative[0] }] as const;
        }),
      );
      this.at = new Map(said);
    });
    const wanted: Wanted[] = $derived(
      shown().flatMap((chosen) => {
        const spec = library.specOf(chosen);
        return spec === undefined ? [] : [{ key: keyOf(chosen), spec }];
      }),
    );
    $effect(() => draw({ wanted, span: span() }));
    $effect(() => read({ wanted, z: z() }));
  }
}

export function curveOf(spec: FunctionSpec, [low, high]: Span, points = POINTS): Promise<Curve> {
  return sample((z) => engine.functions.evaluate(spec, z), low, high, points);
}
