/** Fits again whenever points, C or the code book change, and tells what each strategy says. */
import type { Engine } from "../../engine/api.ts";
import type { Point } from "../../state/codecs.ts";
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
  decide: Decide;
  regions: Regions;
  /** The class (by its place) of each point, and whether that is wrong. */
  winner: number[];
  wrong: boolean[];
  accuracy: number;
  /** Points for which the answers alone do not name one class. */
  ambiguous: number;
}

export class Results {
  fits: Fits | undefined = $state.raw();
  failure: string | undefined = $state();
  #gate = new Gate();
  #fitter: Fitter | undefined;

  readonly pairs: Verdicts | undefined = $derived.by(() =>
    this.#verdicts(this.fits?.pairs, this.#byPairs),
  );
  readonly rest: Verdicts | undefined = $derived.by(() => this.#verdicts(this.fits?.rest, byRest));
  readonly codes: Verdicts | undefined = $derived.by(() =>
    this.#verdicts(this.fits?.codes, () => byCode(this.fits!.code!, this.room.decoding.value)),
  );
  readonly softmax: Verdicts | undefined = $derived.by(() =>
    this.#verdicts(this.fits?.softmax, byLargest),
  );
  readonly names: readonly string[] = $derived(
    (this.fits?.present ?? []).map((of) => this.room.name(of)),
  );

  constructor(
    readonly room: Classes,
    readonly engine: Engine,
  ) {
    $effect(() => {
      const { points, present } = room;
      const C = room.C.value;
      const code = room.faults.length === 0 ? room.code : undefined;
      if (present.length < 2) {
        this.#gate.run(async () => void (this.fits = undefined));
        return;
      }
      this.#gate.run(async () => {
        if (this.#fitter?.points !== points || this.#fitter.C !== C)
          this.#fitter = new Fitter(engine, points, C);
        try {
          this.fits = await this.#fitter.fit(code);
          this.failure = undefined;
        } catch (error) {
          this.#fitter = undefined;
          this.failure = error instanceof Error ? error.message : String(error);
        }
      });
    });
  }

  of(strategy: Strategy): Verdicts | undefined {
    return this[strategy];
  }

  all(): Verdicts[] {
    return STRATEGIES.flatMap((strategy) => this.of(strategy) ?? []);
  }

  #byPairs = (classes: number): Decide =>
    this.room.way.value === "vote" ? byVote(classes) : byElimination(classes);

  #verdicts(fitted: Fitted | undefined, rule: (classes: number) => Decide): Verdicts | undefined {
    if (fitted === undefined || this.fits === undefined) return undefined;
    const { points, present } = this.fits;
    const decide = rule(present.length);
    const { winner, ambiguous } = decisions(points, fitted, decide);
    const wrong = points.map(({ of }, i) => present[winner[i]] !== of);
    return {
      ...fitted,
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
