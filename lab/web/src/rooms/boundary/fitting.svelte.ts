/** The optimum of LogisticRegression for the samples on view, kept up to date while it is shown. */
import type { LogisticFit } from "../../engine/api.ts";
import { engine, latest } from "../../engine/client.ts";
import type { Weights } from "./line.ts";
import { labelsOf, tableOf } from "./samples.ts";
import { separation, type Separation } from "./separation.ts";
import type { Boundary } from "./state.svelte.ts";

export const MOST_FIT_STEPS = 1000;

export class Fitting {
  readonly #room: Boundary;
  fitted: LogisticFit | undefined = $state.raw();
  readonly separation: Separation = $derived.by(() => separation(this.#room.samples));
  readonly line: Weights | undefined = $derived(
    this.fitted && [this.fitted.coef[0], this.fitted.coef[1], this.fitted.intercept[0]],
  );

  constructor(room: Boundary) {
    this.#room = room;
    const fit = latest(engine.logistic.fit);
    $effect(() => {
      if (!room.fit.value || this.separation === "single") {
        this.fitted = undefined;
        return;
      }
      const C = room.penalty.value ? room.C.value : Infinity;
      const options = { classes: 2, C, tol: 1e-8, maxIter: MOST_FIT_STEPS };
      room.take(fit(tableOf(room.samples), labelsOf(room.samples), options), (fitted) => {
        if (room.fit.value) this.fitted = fitted;
      });
    });
  }
}
