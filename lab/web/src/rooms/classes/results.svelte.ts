/** Fits again whenever points, C or the code book change, and tells what each strategy says. */
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

/** What is shown of one strategy; each by itself, so that what is drawn of one waits for no other. */
class Shown {
  fits: Fits | undefined = $state.raw();
}

export class Results {
  /** The newest. */
  fits: Fits | undefined = $state.raw();
  failure: Text | undefined = $state.raw();
  /** Of all strategies together, a few frames later than each by itself. */
  compared: readonly Verdicts[] = $state.raw([]);
  #gate = new Gate();
  #fitter: Fitter | undefined;
  #shown = {
    pairs: new Shown(),
    rest: new Shown(),
    codes: new Shown(),
    softmax: new Shown(),
  };
  #all: readonly Verdicts[] = [];
  #frame = 0;
  #next = 0;

  readonly pairs: Verdicts | undefined = $derived.by(() =>
    this.#verdicts("pairs", ({ present }) =>
      this.room.way.value === "vote" ? byVote(present.length) : byElimination(present.length),
    ),
  );
  readonly rest: Verdicts | undefined = $derived.by(() =>
    this.#verdicts("rest", ({ present }) => byRest(present.length)),
  );
  readonly codes: Verdicts | undefined = $derived.by(() =>
    this.#verdicts("codes", ({ code }) => byCode(code!, this.room.decoding.value)),
  );
  readonly softmax: Verdicts | undefined = $derived.by(() => this.#verdicts("softmax", byLargest));

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
        if (this.#frame === 0) this.#turn();
      });
    });
    $effect(() => {
      this.#all = STRATEGIES.flatMap((strategy) => this.of(strategy) ?? []);
      if (this.#frame === 0) this.#again();
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
    if (changed) this.#again();
    else this.#frame = 0;
  }

  #again(): void {
    this.#frame = requestAnimationFrame(() => this.#turn());
  }

  #show(strategy: Strategy): boolean {
    const shown = this.#shown[strategy];
    if (shown.fits === this.fits) return false;
    shown.fits = this.fits;
    return true;
  }

  #compare(): boolean {
    const same = (one: Verdicts, i: number) => one === this.compared[i];
    if (this.#all.length === this.compared.length && this.#all.every(same)) return false;
    this.compared = this.#all;
    return true;
  }

  #verdicts(strategy: Strategy, rule: (fits: Fits) => Decide): Verdicts | undefined {
    const { fits } = this.#shown[strategy];
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
