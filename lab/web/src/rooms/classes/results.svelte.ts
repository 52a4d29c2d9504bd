/** Fits again whenever points, C or the code book change, and tells what each strategy says. */
import { untrack } from "svelte";
import { EngineError, type Engine } from "../../engine/api.ts";
import type { Point } from "../../state/codecs.ts";
import type { Text } from "../../text/text.svelte.ts";
import {
  byCode,
  byElimination,
  byLargest,
  byRest,
  byVote,
  CLEAR,
  type Decide,
} from "./decisions.ts";
import { Fitter, Gate, STRATEGIES, type Fits, type Fitted, type Strategy } from "./fitting.ts";
import { outputs } from "./lines.ts";
import { regionsOf, type Regions } from "./regions.ts";
import type { Classes } from "./state.svelte.ts";

/** One strategy with its models and its rule. */
export interface Verdicts extends Fitted {
  strategy: Strategy;
  fits: Fits;
  decide: Decide;
  regions: Regions;
  /** The class (by its place) of each point, and whether that is wrong. */
  winner: number[];
  wrong: boolean[];
  accuracy: number;
  /** Points for which the answers alone do not name one class. */
  ambiguous: number;
}

const TURNS = [...STRATEGIES, "compared"] as const;

export class Results {
  /** The newest. */
  fits: Fits | undefined = $state.raw();
  failure: Text | undefined = $state.raw();
  /** Of all strategies together, a few frames later than each by itself. */
  compared: Verdicts[] = $state.raw([]);
  #gate = new Gate();
  #fitter: Fitter | undefined;
  /** What is shown of each: they are drawn one after the other, so that no frame is late. */
  #shown: Record<Strategy, Fits | undefined> = $state.raw({
    pairs: undefined,
    rest: undefined,
    codes: undefined,
    softmax: undefined,
  });
  #frame = 0;
  #next = 0;

  readonly pairs: Verdicts | undefined = $derived.by(() =>
    this.#verdicts("pairs", this.#pairs, ({ present }) =>
      this.room.way.value === "vote" ? byVote(present.length) : byElimination(present.length),
    ),
  );
  readonly rest: Verdicts | undefined = $derived.by(() =>
    this.#verdicts("rest", this.#rest, ({ present }) => byRest(present.length)),
  );
  readonly codes: Verdicts | undefined = $derived.by(() =>
    this.#verdicts("codes", this.#codes, ({ code }) => byCode(code!, this.room.decoding.value)),
  );
  readonly softmax: Verdicts | undefined = $derived.by(() =>
    this.#verdicts("softmax", this.#softmax, byLargest),
  );
  // Each by itself, so that what is drawn of one waits for that one only.
  readonly #pairs = $derived(this.#shown.pairs);
  readonly #rest = $derived(this.#shown.rest);
  readonly #codes = $derived(this.#shown.codes);
  readonly #softmax = $derived(this.#shown.softmax);

  constructor(
    readonly room: Classes,
    readonly engine: Engine,
  ) {
    $effect(() => {
      const { points, present } = room;
      const C = room.C.value;
      const code = room.faults.length === 0 ? room.code : undefined;
      this.#gate.run(async () => {
        try {
          this.fits = present.length < 2 ? undefined : await this.#fit(points, C, code);
          this.failure = undefined;
        } catch (error) {
          this.#fitter = undefined;
          if (!(error instanceof EngineError)) throw error;
          this.failure = error.text;
        }
      });
    });
    $effect(() => {
      void [this.fits, this.pairs, this.rest, this.codes, this.softmax];
      if (this.#frame === 0) untrack(() => this.#turn());
    });
    $effect(() => () => cancelAnimationFrame(this.#frame));
  }

  of(strategy: Strategy): Verdicts | undefined {
    return this[strategy];
  }

  #fit(points: readonly Point[], C: number, code: Fits["code"]): Promise<Fits> {
    if (this.#fitter?.points !== points || this.#fitter.C !== C)
      this.#fitter = new Fitter(this.engine, points, C);
    return this.#fitter.fit(code);
  }

  /**
   * Shows what is new of the strategy that is large, and of one other thing a frame: of all at
   * once, a frame would come too late while a point is dragged.
   */
  #turn(): void {
    const focus = this.room.focus.value;
    let changed = this.#show(focus);
    for (let tried = 0; tried < TURNS.length; tried++) {
      const turn = TURNS[this.#next % TURNS.length];
      this.#next++;
      if (turn === "compared" ? this.#compare() : this.#show(turn)) {
        changed = true;
        break;
      }
    }
    this.#frame = changed ? requestAnimationFrame(() => this.#turn()) : 0;
  }

  #show(strategy: Strategy): boolean {
    if (this.#shown[strategy] === this.fits) return false;
    this.#shown = { ...this.#shown, [strategy]: this.fits };
    return true;
  }

  #compare(): boolean {
    const all = STRATEGIES.flatMap((strategy) => this.of(strategy) ?? []);
    const same = (one: Verdicts, i: number) => one === this.compared[i];
    if (all.length === this.compared.length && all.every(same)) return false;
    this.compared = all;
    return true;
  }

  #verdicts(
    strategy: Strategy,
    fits: Fits | undefined,
    rule: (fits: Fits) => Decide,
  ): Verdicts | undefined {
    const fitted = fits?.[strategy];
    if (fits === undefined || fitted === undefined) return undefined;
    const { points, present } = fits;
    const decide = rule(fits);
    const { winner, ambiguous } = decisions(points, fitted, decide);
    const wrong = points.map(({ of }, i) => present[winner[i]] !== of);
    return {
      ...fitted,
      strategy,
      fits,
      decide,
      regions: regionsOf(fitted.lines, decide, present.length, this.room.x, this.room.y),
      winner,
      wrong,
      accuracy: 1 - wrong.filter(Boolean).length / points.length,
      ambiguous,
    };
  }
}

function decisions(points: readonly Point[], { lines }: Fitted, decide: Decide) {
  let ambiguous = 0;
  const z = new Float64Array(lines.b.length);
  const winner = points.map(({ x, y }) => {
    const decision = decide(outputs(lines, x, y, z));
    if (decision.ambiguity !== CLEAR) ambiguous++;
    return decision.winner;
  });
  return { winner, ambiguous };
}
