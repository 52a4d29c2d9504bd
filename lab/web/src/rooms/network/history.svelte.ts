/** Losses and scores as they were when they were shown, thinned out as they grow many. */
import type { Frame } from "../../engine/api.ts";

export interface Moment {
  step: number;
  trainingLoss: number;
  validationLoss: number | null;
  trainingScore: number;
  validationScore: number | null;
}

const MOST = 1200;

export class History {
  moments: Moment[] = $state.raw([]);
  #every = 0; // steps between moments that are kept

  clear(): void {
    this.moments = [];
    this.#every = 0;
  }

  /** Notes a frame, unless one was noted there: training takes the same way a second time. */
  note(frame: Frame): void {
    const last = this.moments.at(-1);
    if (last !== undefined && frame.step < last.step + Math.max(1, this.#every)) return;
    const { step, trainingLoss, validationLoss, trainingScore, validationScore } = frame;
    const moment = { step, trainingLoss, validationLoss, trainingScore, validationScore };
    const moments = [...this.moments, moment];
    if (moments.length > MOST) {
      this.#every = Math.max(1, (2 * moments.at(-1)!.step) / MOST);
      this.moments = moments.filter((_, i) => i % 2 === 0);
    } else {
      this.moments = moments;
    }
  }
}
