/** What functions cost in this browser, as measured last. */
import { SvelteMap } from "svelte/reactivity";
import { engine } from "../../engine/client.ts";
import { keyOf, named, type Chosen } from "./chosen.ts";
import { library } from "./library.svelte.ts";

export interface Cost {
  chosen: Chosen;
  nanoseconds: number;
}

class Costs {
  readonly known = new SvelteMap<string, Cost>();
  done = $state(0);
  all = $state(0);

  get measuring(): boolean {
    return this.done < this.all;
  }

  get ofSigmoid(): number | undefined {
    return this.known.get("sigmoid")?.nanoseconds;
  }

  /** One after the other: at once they would slow each other. Sigmoid comes first, to compare. */
  async measure(wanted: Chosen[]): Promise<void> {
    if (this.measuring) return;
    const queue = [named("sigmoid"), ...wanted.filter((one) => keyOf(one) !== "sigmoid")];
    this.all = queue.length;
    this.done = 0;
    try {
      for (const chosen of queue) {
        const spec = library.specOf(chosen);
        if (spec !== undefined) {
          const nanoseconds = await engine.functions.cost(spec);
          this.known.set(keyOf(chosen), { chosen, nanoseconds });
        }
        this.done++;
      }
    } finally {
      this.done = this.all = 0;
    }
  }
}

export const costs = new Costs();
