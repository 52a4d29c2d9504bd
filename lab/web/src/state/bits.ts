/** Whole numbers of given widths as text that needs no escaping in a link: six bits a letter. */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...LETTERS].map((letter, value) => [letter, value]));

export class BitWriter {
  #text = "";
  #held = 0;
  #count = 0;

  /** `value` from 0 to 2^width - 1, width at most 53. */
  put(value: number, width: number): void {
    for (let rest = width; rest > 0;) {
      const part = Math.min(rest, 6 - this.#count);
      rest -= part;
      const bits = Math.floor(value / 2 ** rest) % 2 ** part;
      this.#held = this.#held * 2 ** part + bits;
      this.#count += part;
      if (this.#count === 6) this.#next();
    }
  }

  text(): string {
    if (this.#count > 0) this.put(0, 6 - this.#count);
    return this.#text;
  }

  #next(): void {
    this.#text += LETTERS[this.#held];
    this.#held = 0;
    this.#count = 0;
  }
}

/** Thrown where a text ends too early or holds a letter that no writer writes. */
export class NotBits extends Error {}

export class BitReader {
  readonly #text: string;
  #at = 0; // in bits

  constructor(text: string) {
    this.#text = text;
  }

  take(width: number): number {
    let value = 0;
    for (let rest = width; rest > 0;) {
      const within = this.#at % 6;
      const letter = VALUES.get(this.#text[(this.#at - within) / 6]);
      if (letter === undefined) throw new NotBits();
      const part = Math.min(rest, 6 - within);
      value = value * 2 ** part + (Math.floor(letter / 2 ** (6 - within - part)) % 2 ** part);
      rest -= part;
      this.#at += part;
    }
    return value;
  }
}
