/** The step race: who takes part, by which rule, and how far it has come. All of it in the link. */
import { EngineError, type Race, type RaceOutcome } from "../../engine/api.ts";
import { engine, latest } from "../../engine/client.ts";
import { linked, list, number, oneOf, whole } from "../../state/link.svelte.ts";
import { chosenCodec, keyOf, named, type Chosen } from "./chosen.ts";
import { curveOf } from "./curves.svelte.ts";
import { library } from "./library.svelte.ts";
import type { Line } from "./sampling.ts";

export const RULES = ["output", "input"] as const;
export const MOST_RUNNERS = 8;
const MOST_STEPS = 100_000;
const LECTURE = { start: 0.9, stop: 0.5, rate: 0.2 };
// What a sigmoid travels on its way from 0.9 to 0.5.
const DISTANCE = { start: Math.log(9), stop: 0 };

/** How a run ended; "row": it has no curve to go down, or cannot be computed. */
export type Outcome = RaceOutcome | "row";

export interface Run {
  chosen: Chosen;
  key: string;
  z: Float64Array;
  value: Float64Array;
  steps: number;
  outcome: Outcome;
}

export class RaceCourse {
  readonly rule = linked("rule", oneOf(...RULES), "output");
  readonly start = linked("start", number(-100, 100), LECTURE.start);
  readonly stop = linked("stop", number(-100, 100), LECTURE.stop);
  readonly startZ = linked("from", number(-100, 100), DISTANCE.start);
  readonly stopZ = linked("to", number(-100, 100), DISTANCE.stop);
  readonly rate = linked("rate", number(1e-6, 1000), LECTURE.rate);
  readonly #runners = linked(
    "r",
    list(chosenCodec, MOST_RUNNERS, ";"),
    ["sigmoid", "tanh", "relu"].map(named),
  );
  readonly step = linked("step", whole(0, MOST_STEPS), 0);
  readonly speed = linked("speed", whole(1, 1000), 10);

  playing = $state(false);
  runs: readonly Run[] = $state.raw([]);
  curves: ReadonlyMap<string, Line> = $state.raw(new Map());

  constructor() {
    const run = latest(async (runners: Chosen[], race: Race) => {
      this.runs = await Promise.all(runners.map((chosen) => runOf(chosen, race)));
    });
    $effect(() => {
      if (this.falls) void run(this.runners, this.#race);
      else this.runs = [];
    });
    const draw = latest(async (runs: readonly Run[], span: [number, number]) => {
      const made = await Promise.all(
        runs.map(async ({ chosen, key, z }) => {
          const spec = z.length > 0 ? library.specOf(chosen) : undefined;
          return spec ? ([[key, (await curveOf(spec, span, 401)).value]] as const) : [];
        }),
      );
      this.curves = new Map(made.flat());
    });
    $effect(() => void draw(this.runs, this.span));
    $effect(() => {
      for (const chosen of this.runners) if (chosen.formula) void library.compile(chosen);
    });
    $effect(() => this.#play());
  }

  get runners(): Chosen[] {
    return this.#runners.value;
  }

  get falls(): boolean {
    return this.rule.value === "output"
      ? this.stop.value < this.start.value
      : this.stopZ.value < this.startZ.value;
  }

  get #race(): Race {
    const race = {
      start: this.start.value,
      stop: this.stop.value,
      learningRate: this.rate.value,
      mostSteps: MOST_STEPS,
    };
    if (this.rule.value === "output") return race;
    return { ...race, startZ: this.startZ.value, stopZ: this.stopZ.value };
  }

  /** When the last one is down. */
  get end(): number {
    const arriving = this.runs.filter((run) => run.outcome === "arrived");
    return Math.max(0, ...arriving.map((run) => run.steps));
  }

  /** One stretch of z for all, so that the distances can be compared by eye. */
  get span(): [number, number] {
    return around(
      this.runs.flatMap(({ z }) => ends(z)),
      [-1, 3],
    );
  }

  get height(): [number, number] {
    return around(
      this.runs.flatMap(({ value }) => ends(value)),
      [0, 1],
    );
  }

  setRunners(runners: Chosen[]): void {
    const keys = runners.map(keyOf);
    this.#runners.value = runners
      .filter((one, i) => keys.indexOf(keyOf(one)) === i)
      .slice(0, MOST_RUNNERS);
  }

  asInLecture(): void {
    this.rule.value = "output";
    this.start.value = LECTURE.start;
    this.stop.value = LECTURE.stop;
    this.startZ.value = DISTANCE.start;
    this.stopZ.value = DISTANCE.stop;
    this.rate.value = LECTURE.rate;
    this.setRunners(["sigmoid", "tanh", "relu"].map(named));
    this.step.value = 0;
  }

  /** Moves the step on while it plays, as fast as chosen whatever the screen's rate. */
  #play(): (() => void) | undefined {
    if (!this.playing) return undefined;
    let before = performance.now();
    let owed = 0;
    let frame = 0;
    const tick = (now: number) => {
      owed += ((now - before) / 1000) * this.speed.value;
      before = now;
      const steps = Math.floor(owed);
      owed -= steps;
      if (steps > 0) this.step.value = Math.min(this.end, this.step.value + steps);
      if (this.step.value >= this.end) this.playing = false;
      else frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }
}

async function runOf(chosen: Chosen, race: Race): Promise<Run> {
  const nothing = { z: new Float64Array(), value: new Float64Array(), steps: 0 };
  const key = keyOf(chosen);
  const spec = library.specOf(chosen);
  if (spec === undefined) return { chosen, key, ...nothing, outcome: "row" };
  try {
    const { z, value, steps, outcome } = await engine.functions.race(spec, race);
    return { chosen, key, z, value, steps, outcome };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { chosen, key, ...nothing, outcome: "row" };
  }
}

function ends(path: Float64Array): number[] {
  return path.length === 0 ? [] : [path[0], path[path.length - 1]].filter(Number.isFinite);
}

function around(values: number[], otherwise: [number, number]): [number, number] {
  if (values.length === 0) return otherwise;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = 0.12 * (high - low) || 1;
  return [low - margin, high + margin];
}
