/** What the room shows: samples and a line, all of it in the link, and what the engine says of them. */
import { CLASS_SETS, points, type ClassSet } from "../../data/sets2d.ts";
import { EngineError } from "../../engine/api.ts";
import { engine, latest } from "../../engine/client.ts";
import type { Text } from "../../text/text.svelte.ts";
import { linked, number, oneOf, whole, yes } from "../../state/link.svelte.ts";
import { boxOf, holds, placed, type Box } from "./box.ts";
import { L1, weightsCodec, type Weights } from "./line.ts";
import {
  freeKey,
  labelsOf,
  LECTURE,
  MOST_SAMPLES,
  samplesCodec,
  tableOf,
  type Label,
  type Sample,
} from "./samples.ts";
import { MOST_STEPS, Training, type Setup } from "./training.svelte.ts";

export type Source = "lecture" | "own" | ClassSet;

/** What the engine says of each sample under a line, and of which samples and line it says so. */
export interface Explained {
  samples: readonly Sample[];
  line: Weights;
  z: Float64Array;
  a: Float64Array;
  loss: Float64Array;
  error: Float64Array;
}

export const BATCHES = ["one", "mini", "all"] as const;

export class Boundary {
  readonly source = linked("data", oneOf<Source>("lecture", "own", ...CLASS_SETS), "lecture");
  readonly count = linked("n", whole(4, MOST_SAMPLES), 60);
  readonly noise = linked("noise", number(0, 1), 0.3);
  readonly seed = linked("seed", whole(1, 9999), 1);
  readonly own = linked("points", samplesCodec, LECTURE);
  readonly start = linked("w", weightsCodec, L1);
  readonly step = linked("step", whole(0, MOST_STEPS), 0);
  readonly rate = linked("rate", number(0.001, 100), 0.1);
  readonly batch = linked("batch", oneOf(...BATCHES), "one");
  readonly batchSize = linked("size", whole(2, MOST_SAMPLES), 2);
  readonly speed = linked("speed", whole(1, 1000), 10);
  readonly chosenKey = linked("sample", whole(0, 1e5), 2);
  readonly lossAxis = linked("loss", oneOf("a", "z"), "a");
  readonly fit = linked("fit", yes, false);
  readonly C = linked("C", number(1e-4, 1e6), 1);
  readonly penalty = linked("penalty", yes, true);
  readonly pressing = linked("press", oneOf("choose", "one", "zero"), "choose");
  readonly whyZ = linked("z", number(-8, 8), 5);

  readonly training = new Training();
  explained: Explained | undefined = $state.raw();
  /** What keeps the engine from answering. */
  problem: Text | undefined = $state.raw();

  readonly samples: readonly Sample[] = $derived.by(() => {
    const source = this.source.value;
    if (source === "lecture") return LECTURE;
    if (source === "own") return this.own.value;
    return made(source, this.count.value, this.noise.value, this.seed.value);
  });

  readonly setup: Setup = $derived({
    samples: this.samples,
    line: this.start.value,
    learningRate: this.rate.value,
    batch: { one: 1, mini: this.batchSize.value, all: 0 }[this.batch.value],
  });

  /** How far training is shown: while a link's many steps are being computed, as far as they are. */
  readonly shownStep = $derived(
    Math.min(this.step.value, Math.max(0, this.training.reached), MOST_STEPS),
  );

  /** The line on view. */
  readonly line: Weights = $derived(this.training.at(this.shownStep) ?? this.start.value);

  readonly chosen: Sample = $derived(
    this.samples.find((one) => one.key === this.chosenKey.value) ?? this.samples[0],
  );

  readonly box: Box = $derived.by(() => {
    const fresh = boxOf(this.samples);
    if (this.#box === undefined || !holds(this.#box, fresh)) this.#box = fresh;
    return this.#box;
  });
  #box: Box | undefined;

  constructor() {
    const explain = latest(engine.logistic.explain);
    $effect(() => {
      const samples = this.samples;
      const line = this.line;
      const coef = Float64Array.of(line[0], line[1]);
      this.take(explain(tableOf(samples), labelsOf(samples), coef, line[2]), (said) => {
        this.explained = { samples, line, ...said };
        if (this.problem) this.#recovered();
      });
    });
    $effect(() => this.take(this.training.start(this.setup)));
    $effect(() => this.take(this.training.reach(this.step.value)));
    $effect(() => () => this.training.end());
  }

  /** Uses what the engine answers, unless another question has overtaken it; says what failed. */
  take<T>(answer: Promise<T | undefined>, use: (said: T) => void = () => {}): void {
    answer.then(
      (said) => {
        if (said !== undefined) use(said);
      },
      (error: unknown) => {
        if (!(error instanceof EngineError)) throw error;
        this.problem = error.text;
      },
    );
  }

  /** The engine answers again; networks it had before are lost. */
  #recovered(): void {
    this.problem = undefined;
    this.take(this.training.start(this.setup));
  }

  /** A line that is set begins a training of its own. */
  setLine(line: Weights): void {
    this.start.value = line;
    this.step.value = 0;
  }

  /** What training depends on is changed: it goes on from the line on view. */
  settle(): void {
    if (this.step.value === 0) return;
    this.setLine(this.line);
  }

  choose(source: Source): void {
    this.settle();
    if (source === "own") this.own.value = this.samples;
    this.source.value = source;
    this.#box = undefined;
  }

  /** Another count, noise or seed of the set. */
  generate(change: () => void): void {
    this.settle();
    change();
  }

  edit(samples: readonly Sample[]): void {
    this.settle();
    this.own.value = samples;
    this.source.value = "own";
  }

  change(key: number, values: Partial<Sample>): void {
    this.edit(this.samples.map((one) => (one.key === key ? { ...one, ...values } : one)));
  }

  add(x1: number, x2: number, label: Label): void {
    if (this.samples.length >= MOST_SAMPLES) return;
    const key = freeKey(this.samples);
    this.edit([...this.samples, { key, x1, x2, label }]);
    this.chosenKey.value = key;
  }

  /** A sample of the label that a press on the plane would add. */
  addAt(x1: number, x2: number): void {
    const { x, y } = this.box;
    this.add(placed(x1, x), placed(x2, y), this.pressing.value === "one" ? 1 : 0);
  }

  remove(key: number): void {
    if (this.samples.length < 2) return;
    this.edit(this.samples.filter((one) => one.key !== key));
  }
}

/** Four decimals, so that they can be read and go into a link as they are. */
function made(name: ClassSet, n: number, noise: number, seed: number): Sample[] {
  const { X, y } = points(name, { n, noise, seed, classes: 2 });
  const short = (value: number) => Math.round(value * 1e4) / 1e4;
  return Array.from(y, (label, i) => ({
    key: i,
    x1: short(X[2 * i]),
    x2: short(X[2 * i + 1]),
    label: label as Label,
  }));
}
