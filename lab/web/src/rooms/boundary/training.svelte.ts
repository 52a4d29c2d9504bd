/**
 * Gradient descent from a line, one update at a time, by the engine's network of two inputs and one
 * output. Every weight on the way is kept, so that one can go back to any of them.
 */
import { engine } from "../../engine/client.ts";
import type { SampleTrace } from "../../engine/api.ts";
import type { Weights } from "./line.ts";
import { tableOf, type Sample } from "./samples.ts";

export const MOST_STEPS = 5000;

export interface Setup {
  samples: readonly Sample[];
  line: Weights;
  learningRate: number;
  /** Samples in an update; 0: all. */
  batch: number;
}

const AT_ONCE = 100; // requests on their way to the worker before the page draws again

export class Training {
  /** Steps that are known; `at` and `lossAt` read it, so that they are followed. */
  reached = $state(-1);
  /** Whether it ended early, in numbers that are not finite. */
  broken = $state(false);

  #path: Weights[] = [];
  #losses: number[] = [];
  #setup: Setup | undefined;
  #network: number | undefined;
  #viewer: number | undefined;
  #wanted = 0;
  #next: Setup | undefined;
  #starting = false;
  #running = false;

  /** Weights after `step` updates; undefined until they are known. */
  at(step: number): Weights | undefined {
    return step <= this.reached ? this.#path[step] : undefined;
  }

  /** Mean losses over all samples, before the first update and after each. */
  losses(upTo: number): number[] {
    return this.#losses.slice(0, Math.min(upTo, this.reached) + 1);
  }

  /** The places of the samples that update number `step` (from 0) is computed from. */
  rowsOf(step: number, setup: Setup): number[] {
    const n = setup.samples.length;
    const size = setup.batch === 0 ? n : Math.min(setup.batch, n);
    const first = (step % Math.ceil(n / size)) * size;
    return Array.from({ length: Math.min(size, n - first) }, (_, i) => first + i);
  }

  /** Begins anew; of several calls in a row only the last one counts. */
  async start(setup: Setup): Promise<void> {
    this.#next = setup;
    this.reached = -1;
    this.broken = false;
    if (this.#starting) return;
    this.#starting = true;
    try {
      while (this.#next) {
        const now: Setup = this.#next;
        this.#next = undefined;
        await this.#create(now);
      }
    } finally {
      this.#starting = false;
    }
    await this.#advance();
  }

  /** Asks for the weights after `step` updates, and for one more to show what comes next. */
  async reach(step: number): Promise<void> {
    this.#wanted = Math.min(step + 1, MOST_STEPS);
    await this.#advance();
  }

  /**
   * One sample forwards and backwards under given weights. It goes through a network of its own:
   * the one that is trained may be many steps ahead.
   */
  async trace(row: number, line: Weights): Promise<SampleTrace | undefined> {
    const viewer = this.#viewer;
    if (viewer === undefined) return undefined;
    try {
      // The worker takes one request after the other: no other trace comes between the two.
      const [, trace] = await Promise.all([
        setLine(viewer, line),
        engine.networks.sample(viewer, row),
      ]);
      return trace;
    } catch (error) {
      if (viewer === this.#viewer) throw error;
      return undefined; // it was disposed of in the meantime
    }
  }

  end(): void {
    this.#next = undefined;
    this.#setup = undefined;
    for (const network of [this.#network, this.#viewer])
      if (network !== undefined) engine.networks.dispose(network).catch(() => {}); // gone anyway
    this.#network = this.#viewer = undefined;
  }

  async #create(setup: Setup): Promise<void> {
    this.end();
    const [network, viewer] = await Promise.all([create(setup), create(setup)]);
    const frame = await engine.networks.frame(network, {});
    this.#setup = setup;
    [this.#network, this.#viewer] = [network, viewer];
    if (this.#next) return; // the next one ends these two
    this.#path = [setup.line];
    this.#losses = [frame.trainingLoss];
    this.reached = 0;
  }

  async #advance(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#network !== undefined && !this.broken && this.reached < this.#wanted) {
        const setup = this.#setup;
        const network = this.#network;
        const count = Math.min(AT_ONCE, this.#wanted - this.reached);
        const frames = await Promise.all(
          Array.from({ length: count }, () =>
            engine.networks.train(network, { steps: 1 }, { weights: true }),
          ),
        ).catch((error: unknown) => {
          if (setup === this.#setup) throw error;
          return []; // it was disposed of in the meantime
        });
        if (this.#next) return; // whoever creates it goes on
        if (setup !== this.#setup) continue;
        for (const frame of frames) {
          if (!frame.finite) {
            this.broken = true;
            break;
          }
          const { coefs, intercepts } = frame.weights!;
          this.#path.push([coefs[0][0], coefs[0][1], intercepts[0][0]]);
          this.#losses.push(frame.trainingLoss);
        }
        this.reached = this.#path.length - 1;
      }
    } finally {
      this.#running = false;
    }
  }
}

async function create(setup: Setup): Promise<number> {
  const { samples, line, learningRate, batch } = setup;
  const network = await engine.networks.create(
    {
      units: [2, 1],
      activations: [],
      loss: "binary",
      solver: "sgd",
      learningRateInit: learningRate,
      learningRate: "constant",
      momentum: 0,
      nesterovsMomentum: false,
      alpha: 0,
      batchSize: batch === 0 ? samples.length : Math.min(batch, samples.length),
      dropout: 0,
      shuffle: false, // A, B, C in turn, so that one knows whose turn it is
      seed: 0,
      init: "glorot_uniform",
    },
    { ...tableOf(samples), y: Float64Array.from(samples, (one) => one.label) },
  );
  await setLine(network, line);
  return network;
}

function setLine(network: number, line: Weights): Promise<void> {
  return engine.networks.setWeights(network, {
    coefs: [Float64Array.of(line[0], line[1])],
    intercepts: [Float64Array.of(line[2])],
  });
}
