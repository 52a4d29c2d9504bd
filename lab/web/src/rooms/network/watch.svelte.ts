/** What need not change sixty times a second while training: findings, and the row followed. */
import type { SampleTrace } from "../../engine/api.ts";
import { liveFindings, type LiveFinding } from "./findings.ts";
import type { Plan } from "./plan.svelte.ts";
import type { Shown, Trainer } from "./trainer.svelte.ts";

const PAUSE = 300; // milliseconds

export class Watch {
  /** A frame that stays for a while. */
  frame: Shown | undefined = $state.raw();
  trace: SampleTrace | undefined = $state.raw();
  #last = 0;

  readonly live: LiveFinding[] = $derived.by(() => this.#findings());

  constructor(
    readonly trainer: Trainer,
    readonly plan: Plan,
    shown: () => Shown | undefined,
    row: () => number,
  ) {
    $effect(() => {
      const frame = shown();
      const now = performance.now();
      if (frame !== undefined && trainer.playing && now - this.#last < PAUSE) return;
      this.#last = now;
      this.frame = frame;
    });
    $effect(() => {
      const frame = this.frame;
      const found = frame === undefined || row() < 0 ? undefined : trainer.sample(row());
      if (found === undefined) this.trace = undefined;
      else void found.then((trace) => frame === this.frame && (this.trace = trace));
    });
  }

  #findings(): LiveFinding[] {
    const { frame, trainer, plan } = this;
    const layers = plan.settings.layers.value;
    const rows = plan.data?.training.length;
    if (frame?.layers?.length !== layers.length + 1 || rows === undefined) return [];
    return liveFindings({
      frame,
      layers,
      epoch: frame.step / trainer.stepsPerEpoch,
      rows,
      baseline: trainer.baseline,
    });
  }
}
