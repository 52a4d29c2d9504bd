/** How finely maps are drawn while training: as finely as leaves thirty frames a second. */

export interface Sides {
  /** Points along each side of the map of the answer, and of those of the units. */
  map: number;
  units: number;
}

const LEVELS: Sides[] = [
  { map: 100, units: 50 },
  { map: 72, units: 36 },
  { map: 50, units: 26 },
  { map: 36, units: 18 },
];
export const FINEST = LEVELS[0];

const SLOW = 30; // milliseconds from the question to the frame
const QUICK = 17;
const SHARE = 0.2; // of the newest in the mean
const FEWEST = 2; // frames before it becomes coarser
const CALM = 10; // frames before it becomes finer

export class Detail {
  #level = 0;
  #mean = 0;
  #seen = 0;

  get sides(): Sides {
    return LEVELS[this.#level];
  }

  /** Notes how long a frame took; one that is far too slow is coarser the next time. */
  took(milliseconds: number): void {
    this.#seen++;
    this.#mean = this.#seen === 1 ? milliseconds : this.#mean + SHARE * (milliseconds - this.#mean);
    const coarser = this.#seen >= FEWEST && this.#mean > SLOW && this.#level < LEVELS.length - 1;
    const finer = this.#seen >= CALM && this.#mean < QUICK && this.#level > 0;
    if (!coarser && !finer) return;
    this.#level += coarser ? 1 : -1;
    this.#seen = 0;
  }
}
