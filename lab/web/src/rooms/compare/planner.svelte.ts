/** Asks what a comparison would do, a moment after the last change of what is chosen. */
import { Asked } from "./asked.svelte.ts";
import { server } from "./server.ts";
import type { Plan, Wanted } from "./types.ts";

const WAIT = 250;

export class Planner {
  readonly plan = new Asked<Plan>();
  /** Whether the plan at hand is of an earlier choice. */
  stale = $state(false);
  #waiting = 0;

  look(wanted: Wanted | undefined): void {
    clearTimeout(this.#waiting);
    if (wanted === undefined) {
      this.plan.clear();
      this.stale = false;
      return;
    }
    this.stale = true;
    this.#waiting = window.setTimeout(() => void this.#ask(wanted), WAIT);
  }

  async #ask(wanted: Wanted): Promise<void> {
    await this.plan.ask((signal) => server.plan(wanted, { signal }));
    if (!this.plan.busy) this.stale = false;
  }
}
