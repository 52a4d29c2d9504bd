/** The curves on view and the numbers at the point, computed by the engine. */
import { EngineError, type FunctionSpec } from "../../engine/api.ts";
import { engine, latest } from "../../engine/client.ts";
import { status } from "../../server/status.svelte.ts";
import type { Text } from "../../text/text.svelte.ts";
import type { Span } from "./axes.ts";
import { keyOf, type Chosen } from "./chosen.ts";
import { library } from "./library.svelte.ts";
import { sample, type Curve } from "./sampling.ts";

const POINTS = 1001;
const MOST_KEPT = 64;

export interface At {
  z: number;
  value: number;
  slope: number;
}

interface Wanted {
  key: string;
  spec: FunctionSpec;
  /** It is that of a formula's last parameters: the new ones are being compiled. */
  late: boolean;
}

export class Curves {
  drawn: ReadonlyMap<string, Curve> = $state.raw(new Map());
  at: ReadonlyMap<string, At> = $state.raw(new Map());
  /** What the engine refuses, such as a parameter from a link that a function does not have. */
  refused: ReadonlyMap<string, Text> = $state.raw(new Map());
  /** Milliseconds that the last curves took to compute. */
  took = $state(0);
  readonly #kept = new Map<string, { made: string; curve: Curve }>();
  readonly #points = new Map<string, { made: string; at: At }>();

  constructor(shown: () => Chosen[], span: () => Span, z: () => number) {
    const draw = latest(async (wanted: Wanted[], span: Span) => {
      const began = performance.now();
      const made = await each(wanted, (one) => this.#known(one, span));
      this.drawn = made.results;
      this.refused = made.refused;
      this.took = performance.now() - began;
    });
    const read = latest(async (wanted: Wanted[], z: number) => {
      const made = await each(wanted, (one) => this.#point(one, z));
      this.at = made.results;
    });
    const wanted: Wanted[] = $derived(
      shown().flatMap((chosen) => {
        const found = library.computable(chosen);
        return found === undefined ? [] : [{ key: keyOf(chosen), ...found }];
      }),
    );
    $effect(() => void draw(wanted, span()));
    // Numbers of the last parameters pass for a moment, but not where no others will come.
    const told = $derived(wanted.filter(({ late }) => !late || status.online));
    $effect(() => void read(told, z()));
  }

  /** Of several functions mostly one is changed: the others stay as they are. */
  async #known({ spec, key, late }: Wanted, span: Span): Promise<Curve> {
    const made = [...span, ...slopesOf(spec)].join();
    const kept = this.#kept.get(key);
    if (kept?.made === made) return kept.curve;
    const curve = await curveOf(spec, span);
    if (late) return curve;
    if (this.#kept.size > MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, { made, curve });
    return curve;
  }

  async #point({ spec, key, late }: Wanted, z: number): Promise<At> {
    const made = [z, ...slopesOf(spec)].join();
    const kept = this.#points.get(key);
    if (kept?.made === made) return kept.at;
    const { value, derivative } = await engine.functions.evaluate(spec, Float64Array.of(z));
    const at = { z, value: value[0], slope: derivative[0] };
    if (late) return at;
    if (this.#points.size > MOST_KEPT) this.#points.clear();
    this.#points.set(key, { made, at });
    return at;
  }
}

function slopesOf({ kinks = [] }: FunctionSpec): number[] {
  return kinks.flatMap(({ z, slope }) => [z, slope]);
}

async function each<T>(wanted: Wanted[], work: (one: Wanted) => Promise<T>) {
  const results = new Map<string, T>();
  const refused = new Map<string, Text>();
  await Promise.all(
    wanted.map(async (one) => {
      try {
        results.set(one.key, await work(one));
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        refused.set(one.key, error.text);
      }
    }),
  );
  return { results, refused };
}

export function curveOf(spec: FunctionSpec, [low, high]: Span, points = POINTS): Promise<Curve> {
  return sample((z) => engine.functions.evaluate(spec, z), low, high, points);
}
