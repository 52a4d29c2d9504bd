/** From the settings of the room to what is trained: the rows, and the network for them. */
import type { FunctionSpec, NetworkSpec } from "../../engine/api.ts";
import type { Text } from "../../text/text.svelte.ts";
import { bundled, type Dataset } from "./dataset.ts";
import type { Drawing } from "./drawing.svelte.ts";
import type { Functions } from "./functions.svelte.ts";
import type { OwnTable } from "./own.svelte.ts";
import type { Settings } from "./settings.svelte.ts";
import { texts } from "./texts.ts";

interface Made {
  data?: Dataset;
  /** Why there are no rows yet. */
  why?: Text;
  /** Rows left out because a value is missing. */
  without: number;
}

export class Plan {
  constructor(
    readonly settings: Settings,
    readonly drawing: Drawing,
    readonly own: OwnTable,
    readonly functions: Functions,
  ) {}

  readonly made: Made = $derived.by(() => this.#rows());
  readonly data: Dataset | undefined = $derived(this.made.data);
  readonly outputs = $derived.by(() => {
    const classes = this.data?.classes.length ?? 0;
    return classes < 3 ? 1 : classes;
  });
  readonly resolved = $derived.by(() =>
    this.settings.layers.value.map((layer) => this.functions.resolve(layer.activation)),
  );
  /** What is wrong with a layer's activation, by its number. */
  readonly problems = $derived(
    this.resolved.map((one) => ("problem" in one ? one.problem : undefined)),
  );
  readonly spec: NetworkSpec | undefined = $derived.by(() => this.#network());

  #rows(): Made {
    const { settings } = this;
    const source = settings.source.value;
    const share = settings.validation.value;
    const seed = settings.dataSeed.value;
    if (source === "own") return this.own.made(share, seed);
    if (source === "drawn") {
      const data = this.drawing.made(share, seed);
      return data === undefined ? { why: texts.drawMore, without: 0 } : { data, without: 0 };
    }
    const given = {
      n: settings.n.value,
      noise: settings.noise.value,
      seed,
      classes: settings.classes.value,
    };
    return { data: bundled(source, given, share), without: 0 };
  }

  #network(): NetworkSpec | undefined {
    const { settings, data, outputs } = this;
    if (data === undefined) return undefined;
    const activations: FunctionSpec[] = [];
    for (const one of this.resolved) {
      if (!("spec" in one)) return undefined;
      activations.push(one.spec);
    }
    const hidden = settings.layers.value.map((layer) => layer.units);
    return {
      units: [data.columns, ...hidden, outputs],
      activations,
      loss: data.task === "regression" ? "squared_error" : outputs === 1 ? "binary" : "multiclass",
      solver: settings.solver.value,
      learningRateInit: settings.learningRate.value,
      learningRate: settings.schedule.value,
      maxIter: settings.schedule.value === "cosine" ? settings.planned.value : undefined,
      momentum: settings.momentum.value,
      nesterovsMomentum: settings.nesterov.value,
      alpha: settings.alpha.value,
      batchSize: Math.min(settings.batchSize.value, data.training.length),
      dropout: settings.dropout.value,
      shuffle: true,
      seed: settings.seed.value,
      init: settings.init.value,
    };
  }
}

/**
 * Begins training anew where rows or network have changed, and goes to the step of the link where
 * only that has. An effect calls `follow` with what is wanted now.
 */
export class Beginning {
  #key = "";
  #data: Dataset | undefined;
  /** The step that the page has come to; another one in the link was opened, not trained to. */
  step = 0;

  constructor(
    readonly begin: (spec: NetworkSpec, data: Dataset, steps: number) => void,
    readonly goTo: (step: number) => void,
  ) {}

  /** Returns the step that the link is to tell from now on. */
  follow(spec: NetworkSpec, data: Dataset, steps: number): number {
    const key = JSON.stringify(spec);
    const opened = steps !== this.step;
    if (key === this.#key && data === this.#data) {
      if (opened) this.goTo(steps);
      this.step = steps;
      return steps;
    }
    this.#key = key;
    this.#data = data;
    this.step = opened ? steps : 0;
    this.begin(spec, data, this.step);
    return this.step;
  }
}
