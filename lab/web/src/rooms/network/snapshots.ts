/**
 * States to go back to. Training from the same state always takes the same way, so a few states
 * are enough to reach every step: the nearest one before it, and on from there.
 */
export interface Snapshot {
  step: number;
  bytes: Uint8Array;
}

const MOST = 48;

export class Snapshots {
  #kept: Snapshot[] = [];
  #every = 1; // steps

  clear(every: number): void {
    this.#kept = [];
    this.#every = Math.max(1, every);
  }

  /** Whether a state at this step is worth keeping. */
  due(step: number): boolean {
    const last = this.#kept.at(-1);
    return last === undefined || step >= last.step + this.#every;
  }

  add(snapshot: Snapshot): void {
    if (!this.due(snapshot.step)) return;
    this.#kept.push(snapshot);
    if (this.#kept.length <= MOST) return;
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0); // the start stays
    this.#every *= 2;
  }

  before(step: number): Snapshot | undefined {
    return this.#kept.filter((one) => one.step <= step).at(-1);
  }
}
