/** Everything that the link of this room holds. */
import { CLASS_SETS, REGRESSION_SETS } from "../../data/sets2d.ts";
import { points } from "../../state/codecs.ts";
import { linked, number, oneOf, whole, yes, type Linked } from "../../state/link.svelte.ts";
import { layersCodec, type HiddenLayer } from "./layers.ts";

export const SOLVERS = ["sgd", "adam", "adamw"] as const;
export const SCHEDULES = ["constant", "invscaling", "adaptive", "cosine"] as const;
export const INITS = [
  "glorot_uniform",
  "glorot_normal",
  "he_uniform",
  "he_normal",
  "lecun_uniform",
  "lecun_normal",
  "auto",
] as const;

export const SOURCES = [...CLASS_SETS, ...REGRESSION_SETS, "drawn", "own"] as const;
export type Source = (typeof SOURCES)[number];

export const MOST_DRAWN = 500;
export const MOST_SEED = 999_999;
/** Further than this a link does not train by itself. */
export const MOST_STEPS = 200_000;

/** Values of settings by name: what a story sets. */
export type Values = Partial<{
  [K in keyof Settings]: Settings[K] extends Linked<infer T> ? T : never;
}>;

export class Settings {
  readonly source = linked("data", oneOf<Source>(...SOURCES), "moons");
  readonly n = linked("n", whole(20, 2000), 300);
  readonly noise = linked("noise", number(0, 1), 0.2);
  readonly dataSeed = linked("sample", whole(0, MOST_SEED), 1);
  readonly classes = linked("classes", whole(2, 8), 3);
  readonly validation = linked("validation", number(0, 0.8), 0.3);
  readonly drawn = linked("points", points(8, MOST_DRAWN), []);

  readonly layers = linked<HiddenLayer[]>("layers", layersCodec, [
    { units: 8, activation: "tanh" },
    { units: 8, activation: "tanh" },
  ]);
  readonly init = linked("init", oneOf(...INITS), "glorot_uniform");
  readonly seed = linked("seed", whole(0, MOST_SEED), 0);

  readonly solver = linked("solver", oneOf(...SOLVERS), "adam");
  readonly learningRate = linked("rate", number(1e-6, 100), 0.01);
  readonly schedule = linked("schedule", oneOf(...SCHEDULES), "constant");
  /** The cosine schedule comes to its end with them. */
  readonly planned = linked("planned", whole(1, 100_000), 200);
  readonly momentum = linked("momentum", number(0, 1), 0.9);
  readonly nesterov = linked("nesterov", yes, true);
  readonly batchSize = linked("batch", whole(1, 2000), 32);
  readonly alpha = linked("alpha", number(0, 10), 0.0001);
  readonly dropout = linked("dropout", number(0, 0.9), 0);

  /** Mini-batches taken: a link trains as far as the page that it was copied from. */
  readonly steps = linked("steps", whole(0, MOST_STEPS), 0);
  /** The row that is followed through the network; -1 for none. */
  readonly row = linked("row", whole(-1, 100_000), -1);
  /** The unit that is looked at: number of its layer (the output is the last) and its own. */
  readonly unitLayer = linked("layer", whole(-1, 20), -1);
  readonly unit = linked("unit", whole(0, 63), 0);

  set(values: Values): void {
    const own = this as unknown as Record<string, Linked<unknown>>;
    for (const [name, value] of Object.entries(values)) own[name].value = value;
  }

  /** Whether all of these values are the ones set now. */
  has(values: Values): boolean {
    const own = this as unknown as Record<string, Linked<unknown>>;
    return Object.entries(values).every(
      ([name, value]) => own[name].codec.write(own[name].value) === own[name].codec.write(value),
    );
  }
}
