/**
 * Trains the network of the room in the engine's Worker and shows it frame by frame: while one
 * frame is drawn the next is computed, and never more than that one, so that a page that sleeps or
 * a slow machine has nothing to catch up with.
 */
import { EngineError, type Engine, type Frame, type FrameRequest } from "../../engine/api.ts";
import type { NetworkSpec, SampleTrace, Weights } from "../../engine/api.ts";
import type { Text } from "../../text/text.svelte.ts";
import { toNetwork, type Dataset } from "./dataset.ts";
import { baselineLoss } from "./baseline.ts";
import { flatSides, saturatedUnits, type Flat } from "./flat.ts";
import { History } from "./history.svelte.ts";
import { PACE, type Speed, type Until } from "./pace.ts";
import { Detail, FINEST, type Sides } from "./detail.ts";
import { Snapshots } from "./snapshots.ts";

const CATCH_UP = 40; // milliseconds between frames on the way to a step

/** What is trained, on what, and how far before it is shown. */
export interface Job {
  spec: NetworkSpec;
  data: Dataset;
  steps: number;
}

function stepsOf({ spec, data }: Job): number {
  return Math.ceil(data.training.length / Math.min(spec.batchSize, data.training.length));
}

export interface Shown extends Frame {
  /** Points of the map along each side. */
  side: number;
  /** The output over the smaller grid, that of the units; and the points of its side. */
  small?: Float32Array;
  smallSide: number;
}

export class Trainer {
  frame: Shown | undefined = $state.raw();
  /** What the frame is of. */
  job: Job | undefined = $state.raw();
  playing = $state(false);
  /** On the way to a step that was asked for. */
  travelling = $state(false);
  problem: Text | undefined = $state.raw();
  /** Loss on the training rows of the best answer that is the same for all. */
  baseline: number | undefined = $state();
  /** The last step that was reached since the start. */
  furthest = $state(0);
  speed: Speed = $state("fast");
  readonly history = new History();
  /** Frames shown so far, for measuring. */
  frames = 0;

  #network: number | undefined;
  #snapshots = new Snapshots();
  #detail = new Detail();
  #flat: Flat[] = [];
  #job: Job | undefined; // of the network that is there, though it may not be shown yet
  #wanted: Job | undefined;
  #starting = false;
  #busy = false;
  #arrived: Shown | undefined;
  #last = 0;
  #handle = 0;
  #gone = false;
  #target: number | undefined;

  constructor(
    readonly engine: Engine,
    /** Called when training comes to rest at a step. */
    readonly rested: (step: number) => void,
  ) {}

  get stepsPerEpoch(): number {
    return this.job === undefined ? 1 : stepsOf(this.job);
  }

  /** Begins anew; of several in quick succession only the last one is begun. */
  start(job: Job): void {
    this.#wanted = job;
    if (!this.#starting) void this.#begin();
  }

  restart(): void {
    if (this.job !== undefined) this.start({ ...this.job, steps: 0 });
  }

  async #begin(): Promise<void> {
    this.#starting = true;
    try {
      while (this.#wanted !== undefined && !this.#gone) {
        const job = this.#wanted;
        this.#wanted = undefined;
        this.#forget();
        this.problem = undefined;
        await this.#create(job).catch((error: unknown) => this.#failed(error));
      }
    } finally {
      this.#starting = false;
    }
  }

  async #create(job: Job): Promise<void> {
    const { X, columns, y, validation } = job.data;
    const data = { X: X.slice(), columns, y: y.slice(), validation: validation.slice() };
    const network = await this.engine.networks.create(job.spec, data);
    const flat = await Promise.all(job.spec.activations.map((one) => flatSides(this.engine, one)));
    if (this.#gone) return this.#drop(network);
    this.#network = network;
    this.#flat = flat;
    this.#snapshots.clear(stepsOf(job));
    this.#job = job;
    const first = await this.#advance({});
    // What is shown and what it is of change together.
    this.job = job;
    this.history.clear();
    this.furthest = 0;
    this.baseline = undefined;
    this.#show(first);
    this.baseline = await baselineLoss(this.engine, job);
    if (job.steps > 0) await this.#travel(job.steps);
  }

  #forget(): void {
    this.#target = undefined;
    this.#arrived = undefined;
    if (this.#network !== undefined) this.#drop(this.#network);
    this.#network = undefined;
  }

  #drop(network: number): void {
    // Where the engine broke down meanwhile, the network is gone anyway.
    this.engine.networks.dispose(network).catch(() => undefined);
  }

  dispose(): void {
    this.#gone = true;
    this.playing = false;
    cancelAnimationFrame(this.#handle);
    this.#forget();
  }

  play(): void {
    if (this.playing) return;
    this.playing = true;
    this.#handle = requestAnimationFrame(this.#loop);
  }

  /** Resolved when the frame under way is shown. */
  async pause(): Promise<void> {
    this.playing = false;
    while (this.#busy || this.#arrived !== undefined)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }

  #loop = (time: number): void => {
    const arrived = this.#arrived;
    this.#arrived = undefined;
    const pace = PACE[this.speed];
    if (this.playing && !this.#busy && time - this.#last >= pace.every) {
      this.#last = time;
      void this.#fetch(pace.until);
    }
    if (arrived !== undefined) this.#show(arrived);
    // What was coarse while it moved is drawn sharply at rest.
    const coarse = this.frame !== undefined && this.frame.side < FINEST.map;
    if (!this.playing && !this.#busy && coarse && this.problem === undefined) void this.#fetch({});
    if (this.playing || this.#busy || this.#arrived !== undefined)
      this.#handle = requestAnimationFrame(this.#loop);
    else if (this.frame !== undefined) this.rested(this.frame.step);
  };

  async #fetch(until: Until): Promise<void> {
    const network = this.#network;
    if (network === undefined || this.travelling || this.#starting) return;
    this.#busy = true;
    let onward = false;
    try {
      const begun = performance.now();
      const frame = await this.#advance(until, this.playing ? this.#detail.sides : FINEST);
      if (network !== this.#network) return;
      this.#detail.took(performance.now() - begun);
      const shown = this.#arrived === undefined;
      this.#arrived = frame;
      if (frame.outcome !== "running") this.playing = false;
      // The next one is begun at once, but for one that nobody has seen: a page that sleeps waits.
      onward = shown && this.playing && PACE[this.speed].every === 0;
    } catch (error) {
      if (network === this.#network) this.#failed(error);
    } finally {
      this.#busy = false;
    }
    if (onward) void this.#fetch(until);
  }

  /** Takes one mini-batch or one epoch. */
  async step(until: { steps: number } | { epochs: number }): Promise<void> {
    this.playing = false;
    if (this.#busy || this.travelling || this.#network === undefined) return;
    await this.#fetch(until);
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived === undefined) return;
    this.#show(arrived);
    this.rested(arrived.step);
  }

  /** Goes to a step, back or on; of several in quick succession only the last counts. */
  async goTo(step: number): Promise<void> {
    const network = this.#network;
    if (network === undefined) return;
    this.playing = false;
    this.#target = step;
    if (this.travelling) return;
    try {
      while (this.#target !== undefined && network === this.#network) {
        const target: number = this.#target;
        this.#target = undefined;
        await this.#travel(target);
      }
      if (network === this.#network && this.frame) this.rested(this.frame.step);
    } catch (error) {
      if (network === this.#network) this.#failed(error);
    }
  }

  async #travel(step: number): Promise<void> {
    const network = this.#network;
    if (network === undefined) return;
    this.travelling = true;
    try {
      const from = this.#snapshots.before(step);
      let at = this.frame?.step ?? 0;
      if (from !== undefined && (at > step || from.step > at)) {
        await this.engine.networks.restore(network, from.bytes.slice());
        at = from.step;
        if (at === step) this.#show(await this.#advance({}));
      }
      while (at < step && this.#target === undefined && this.#wanted === undefined) {
        const frame = await this.#advance({ steps: step - at, milliseconds: CATCH_UP });
        if (network !== this.#network || frame.step === at) return;
        at = frame.step;
        this.#show(frame);
      }
    } finally {
      this.travelling = false;
    }
  }

  async #advance(until: Until, sides: Sides = FINEST): Promise<Shown> {
    const { networks } = this.engine;
    const network = this.#network!;
    const none = Object.keys(until).length === 0;
    const whole = { map: this.#grid(sides.map), weights: true, layers: true };
    const [frame, small] = await Promise.all([
      none ? networks.frame(network, whole) : networks.train(network, until, whole),
      networks.frame(network, { map: this.#grid(sides.units), units: true }),
    ]);
    if (network === this.#network && this.#snapshots.due(frame.step))
      this.#snapshots.add({ step: frame.step, bytes: await networks.snapshot(network) });
    frame.layers?.slice(0, -1).forEach((state, layer) => {
      state.saturatedUnits = saturatedUnits(state, this.#flat[layer]);
    });
    const seen = { units: small.units, small: small.map, smallSide: sides.units };
    return { ...frame, ...seen, side: sides.map };
  }

  #grid(points: number): NonNullable<FrameRequest["map"]> {
    const { data } = this.#job!;
    const [x, y] = [data.x, data.y2].map(
      (range, column) => range.map((end) => toNetwork(data, column, end)) as [number, number],
    );
    return { x, y, columns: points, rows: points, at: data.at.slice() };
  }

  #show(frame: Shown): void {
    this.frame = frame;
    this.frames++;
    this.furthest = Math.max(this.furthest, frame.step);
    this.history.note(frame);
  }

  #failed(error: unknown): void {
    this.playing = false;
    if (!(error instanceof EngineError)) throw error;
    this.problem = error.text;
  }

  sample(row: number): Promise<SampleTrace> | undefined {
    return this.#network === undefined
      ? undefined
      : this.engine.networks.sample(this.#network, row);
  }

  weights(): Promise<Weights> | undefined {
    return this.#network === undefined ? undefined : this.engine.networks.weights(this.#network);
  }
}
