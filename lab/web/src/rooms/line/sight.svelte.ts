/** How the data are looked at: what is drawn beside the points, and the ranges of the axes. */
import { linked, list, number, oneOf, yes } from "../../state/link.svelte.ts";
import type { Range, Zoom } from "./geometry.ts";
import { LINES, type LineName } from "./racers.ts";
import type { LineTable, Rows } from "./table.svelte.ts";
import { wide, within } from "./view.ts";

/** Whose residuals are drawn. */
export type Judged = "none" | LineName;

/** Points that can be dragged; with more the picture would be full of them. */
export const MOST_HANDLES = 150;

export class Sight {
  readonly judged = linked<Judged>("res", oneOf("none", ...LINES), "exact");
  readonly squares = linked("sq", yes, false);
  readonly zoom = linked<Zoom>("zoom", oneOf("race", "minimum", "all"), "race");
  /** Of two variables: from the side, or from above. */
  readonly picture = linked<"side" | "above">("pic", oneOf("side", "above"), "side");
  readonly turn = linked("turn", number(-180, 180), 35);
  readonly tilt = linked("tilt", number(0, 90), 25);

  /** From a link: the ends of each axis at first, one after the other. */
  readonly #wanted = linked<number[]>("view", list(number(-1e12, 1e12), 6), []);
  /** One for each chosen column. */
  ranges: Range[] = $state.raw([]);
  #seen = "";

  /** Fits the ranges to a new table, and widens them for points that lie outside. */
  follow(table: LineTable): void {
    const key = [table.set, table.chosen.join(), table.file?.lines.length ?? 0].join(";");
    const values = columnsOf(table.rows);
    const fresh = key !== this.#seen || this.ranges.length !== values.length;
    if (!fresh && values.every((column, i) => within(column, this.ranges[i]))) return;
    this.#seen = key;
    this.ranges = values.map(wide);
    const wanted = values.map((_, i): Range => [
      this.#wanted.value[2 * i],
      this.#wanted.value[2 * i + 1],
    ]);
    if (wanted.every(([low, high], i) => low < high && within(values[i], [low, high])))
      this.ranges = wanted;
  }

  fit(table: LineTable): void {
    this.#wanted.value = [];
    this.ranges = columnsOf(table.rows).map(wide);
  }
}

/** The features and the target, each by itself. */
export function columnsOf({ X, columns, y }: Rows): Float64Array[] {
  const features = Array.from({ length: columns }, (_, j) => y.map((_, i) => X[i * columns + j]));
  return [...features, y];
}
