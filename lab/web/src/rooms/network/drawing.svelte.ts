/** Points drawn by hand: brushes, an eraser, and the pen that the keyboard moves. */
import type { Point } from "../../state/codecs.ts";
import { dataset, type Dataset } from "./dataset.ts";
import { MOST_DRAWN, type Settings } from "./settings.svelte.ts";

export const BOARD: [number, number] = [-3, 3];
const APART = 0.09; // between points of one stroke
const REACH = 0.15; // of the eraser
const FEWEST = 4;

/** Two digits are finer than the eye, and keep the link short. */
function rounded(value: number): number {
  return Math.round(100 * Math.min(BOARD[1], Math.max(BOARD[0], value))) / 100;
}

export class Drawing {
  of = $state(0);
  erasing = $state(false);
  pen = $state.raw({ x: 0, y: 0 });
  #last: Point | undefined;

  constructor(readonly settings: Settings) {}

  get points(): Point[] {
    return this.settings.drawn.value;
  }

  take(of: number): void {
    this.of = of;
    this.erasing = false;
  }

  clear(): void {
    this.settings.drawn.value = [];
  }

  place(): void {
    this.#last = undefined;
    this.paint(this.pen.x, this.pen.y);
  }

  paint(x: number, y: number): void {
    const { points } = this;
    if (this.erasing) {
      const left = points.filter((one) => Math.hypot(one.x - x, one.y - y) > REACH);
      if (left.length < points.length) this.settings.drawn.value = left;
      return;
    }
    const last = this.#last;
    if (last !== undefined && last.of === this.of && Math.hypot(last.x - x, last.y - y) < APART)
      return;
    if (points.length >= MOST_DRAWN) return;
    this.#last = { x: rounded(x), y: rounded(y), of: this.of };
    this.settings.drawn.value = [...points, this.#last];
  }

  /** The rows, once there are enough; classes that nobody drew are left out. */
  made(validationShare: number, seed: number): Dataset | undefined {
    const drawn = new Set(this.points.map((one) => one.of));
    if (this.points.length < FEWEST || drawn.size < 2) return undefined;
    return this.sketch(validationShare, seed);
  }

  /** The rows, however few. */
  sketch(validationShare = 0, seed = 0): Dataset {
    const { points } = this;
    const drawn = [...new Set(points.map((one) => one.of))].sort((a, b) => a - b);
    return dataset({
      raw: Float64Array.from(points.flatMap((one) => [one.x, one.y])),
      columns: 2,
      names: ["x1", "x2"],
      y: Float64Array.from(points, (one) => drawn.indexOf(one.of)),
      classes: drawn.map(String),
      colours: drawn,
      validationShare,
      seed,
      ranges: [BOARD, BOARD],
    });
  }
}
