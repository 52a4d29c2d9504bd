/** The exact solution and the three descents over the same rows, and how far the race is. */
import { engine } from "../../engine/client.ts";
import { EngineError, type Descent, type LeastSquares } from "../../engine/api.ts";
import { linked, list, number, oneOf, whole, yes } from "../../state/link.svelte.ts";
import type { Text } from "../../text/text.svelte.ts";
import { LINES, RACERS, type LineName, type Racer } from "./racers.ts";
import type { Rows } from "./table.svelte.ts";

/** As the library's default: no component of the gradient is larger, columns being standardised. */
const TOLERANCE = 1e-6;
/** So many times the loss of the start is called moving away. */
const AWAY = 10;
export const MOST_STEPS = 1000;

export interface Fit {
  rows: Rows;
  exact: LeastSquares;
  descents: Record<Racer, Descent>;
  /** Rows in each step. */
  sizes: Record<Racer, number>;
}

/** Where a line is now. */
export interface Standing {
  name: LineName;
  coef: Float64Array;
  intercept: number;
  /** Half the mean squared error. */
  loss: number;
  /** Place in the record of the descent, and steps taken. */
  record: number;
  steps: number;
  state: "exact" | "running" | "away" | "converged" | "diverged";
}

export class Race {
  readonly rate = linked("rate", number(1e-4, 10), 0.1);
  readonly automatic = linked("auto", yes, false);
  readonly batch = linked("batch", whole(2, 1000), 4);
  readonly seed = linked("seed", whole(0, 999_999), 0);
  /** In ticks: steps, or the rows of a mini-batch. */
  readonly end = linked("end", whole(10, MOST_STEPS), 100);
  readonly at = linked("at", whole(0, MOST_STEPS), 10);
  readonly clock = linked<"steps" | "rows">("clock", oneOf("steps", "rows"), "steps");
  readonly hidden = linked<Racer[]>("off", list(oneOf(...RACERS), 3), []);
  readonly speed = linked("speed", whole(1, 1000), 10);
  playing = $state(false);
  fit: Fit | null = $state.raw(null);
  failure: Text | null = $state.raw(null);
  /** Whether newer results than those on view are under way. */
  busy = $state(false);

  readonly place = $derived(Math.min(this.at.value, this.end.value));
  readonly shown: readonly Racer[] = $derived(
    RACERS.filter((name) => !this.hidden.value.includes(name)),
  );
  readonly standings: Standing[] = $derived.by(() => {
    const { fit } = this;
    if (fit === null) return [];
    return LINES.filter((name) => name === "exact" || !this.hidden.value.includes(name)).map(
      (name) => (name === "exact" ? exactStanding(fit) : this.#standing(fit, name)),
    );
  });

  #wanted: Rows | null = null;
  #computing = false;

  constructor() {
    $effect(() => {
      if (!this.playing) return;
      let before = performance.now();
      let due = 0;
      const tick = (now: number) => {
        frame = requestAnimationFrame(tick);
        due += (Math.min(250, now - before) / 1000) * this.speed.value;
        before = now;
        const whole = Math.floor(due);
        if (whole === 0) return;
        due -= whole;
        this.at.value = Math.min(this.end.value, this.place + whole);
        if (this.place >= this.end.value) this.playing = false;
      };
      let frame = requestAnimationFrame(tick);
      return () => cancelAnimationFrame(frame);
    });
  }

  /** Steps that a racer has taken after so many ticks. */
  stepsAfter(ticks: number, size: number, sizes: Record<Racer, number>): number {
    return this.clock.value === "steps" ? ticks : Math.floor((ticks * sizes.mini) / size);
  }

  /**
   * Solves and descends anew; of calls that come while it computes only the last one counts.
   * Reads what it depends on before it waits, so that an effect may call it.
   */
  compute(rows: Rows): void {
    const { automatic, batch, seed, end, clock, rate } = this;
    void [automatic.value, batch.value, seed.value, end.value, clock.value, rate.value];
    this.#wanted = rows;
    this.busy = true;
    if (!this.#computing) void this.#run();
  }

  async #run(): Promise<void> {
    this.#computing = true;
    try {
      while (this.#wanted !== null) {
        const rows: Rows = this.#wanted;
        this.#wanted = null;
        await this.#renew(rows);
      }
    } finally {
      this.#computing = false;
      this.busy = false;
    }
  }

  async #renew(rows: Rows): Promise<void> {
    try {
      this.fit = rows.y.length === 0 ? null : await this.#solve(rows);
      this.failure = null;
    } catch (error) {
      this.fit = null;
      if (!(error instanceof EngineError)) throw error;
      this.failure = error.text;
    }
  }

  async #solve(rows: Rows): Promise<Fit> {
    const n = rows.y.length;
    const sizes = { full: n, mini: Math.max(1, Math.min(this.batch.value, n - 1)), single: 1 };
    const table = () => ({ X: rows.X.slice(), columns: rows.columns });
    const descend = (racer: Racer) => {
      const size = sizes[racer];
      const steps = this.stepsAfter(this.end.value, size, sizes);
      return engine.linear.descend(table(), rows.y.slice(), {
        batchSize: size >= n ? undefined : size,
        learningRate: this.automatic.value ? undefined : this.rate.value,
        maxIter: Math.max(1, Math.ceil(steps / Math.ceil(n / size))),
        tol: TOLERANCE,
        shuffle: true,
        seed: this.seed.value,
      });
    };
    const [exact, full, mini, single] = await Promise.all([
      engine.linear.solve(table(), rows.y.slice()),
      ...RACERS.map(descend),
    ]);
    return { rows, exact, descents: { full, mini, single }, sizes };
  }

  #standing(fit: Fit, name: Racer): Standing {
    const descent = fit.descents[name];
    const wanted = this.stepsAfter(this.place, fit.sizes[name], fit.sizes);
    const record = recordAt(descent.step, wanted);
    const ended = record === descent.step.length - 1 && wanted >= descent.step[record];
    const p = fit.rows.columns;
    const loss = descent.loss[record];
    // The library judges batches at the end of each pass: until then their losses tell.
    const moving = loss > AWAY * descent.loss[0] || !Number.isFinite(loss) ? "away" : "running";
    return {
      name,
      coef: descent.coef.subarray(record * p, (record + 1) * p),
      intercept: descent.intercept[record],
      loss,
      record,
      steps: Math.min(wanted, descent.step[record]),
      state: ended && descent.state !== "max_iter" ? descent.state : moving,
    };
  }
}

function exactStanding({ exact, rows }: Fit): Standing {
  return {
    name: "exact",
    coef: exact.coef,
    intercept: exact.intercept,
    loss: exact.rss / (2 * rows.y.length),
    record: 0,
    steps: 0,
    state: "exact",
  };
}

/** The last record of at most so many steps. */
export function recordAt(step: Float64Array, wanted: number): number {
  let low = 0;
  let high = step.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (step[middle] <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
