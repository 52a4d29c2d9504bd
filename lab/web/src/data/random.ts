/**
 * Random numbers that are the same for the same seed, here and in every browser: for making data.
 * (Those of training are the engine's, which are the library's.)
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;
  #spare: number | undefined;

  constructor(seed: number) {
    let state = seed | 0;
    const spread = () => {
      state = (state + 0x9e3779b9) | 0; // splitmix32
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    };
    [this.#a, this.#b, this.#c] = [spread(), spread(), spread()];
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** sfc32 by Chris Doty-Humphrey. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From `low` up to, but without, `high`. */
  uniform(low = 0, high = 1): number {
    return low + ((high - low) * this.#next()) / 2 ** 32;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.uniform(0, count));
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller, 1958). */
  normal(): number {
    if (this.#spare !== undefined) {
      const kept = this.#spare;
      this.#spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** 0 … count - 1 in random order. */
  order(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const other = this.below(i + 1);
      [order[i], order[other]] = [order[other], order[i]];
    }
    return order;
  }
}
