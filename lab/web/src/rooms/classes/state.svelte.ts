/** What this room keeps in its link, and what follows from it. */
import { points as pointsCodec, type Point } from "../../state/codecs.ts";
import {
  linked,
  list,
  number,
  oneOf,
  text,
  whole,
  type Codec,
  type Linked,
} from "../../state/link.svelte.ts";
import {
  arrange,
  ARRANGEMENTS,
  classesOf,
  MOST_CLASSES,
  MOST_POINTS,
  PLANE,
  type Arrangement,
} from "./arrangements.ts";
import { codeOf, ownWords, presetCode, PRESETS, type OwnWords, type Preset } from "./code_books.ts";
import { faultsOf, type Fault } from "./code_quality.ts";
import type { Code, Decoding } from "./decisions.ts";
import { STRATEGIES, type Strategy } from "./fitting.ts";

const ownPoints: Codec<readonly Point[] | null> = {
  write: (value) => (value === null ? "" : pointsCodec(MOST_CLASSES).write([...value]) || "none"),
  read: (given) => {
    if (given === "") return null;
    if (given === "none") return [];
    const read = pointsCodec(MOST_CLASSES).read(given);
    return read !== undefined && read.length <= MOST_POINTS ? read : undefined;
  },
};

const ranges: Codec<number[]> = {
  write: list(number()).write,
  read: (given) => {
    const read = list(number(), 4).read(given);
    return read?.length === 4 && read[0] < read[1] && read[2] < read[3] ? read : undefined;
  },
};

/** `own` stands for a code book that was changed by hand. */
export type Book = Preset | "own";
export type Way = "vote" | "elimination";
export type Mode = "follow" | "points";

export class Classes {
  readonly arrangement: Linked<Arrangement> = linked("set", oneOf(...ARRANGEMENTS), "corners");
  readonly wanted = linked("classes", whole(2, MOST_CLASSES), 4);
  readonly each = linked("each", whole(1, 100), 30);
  readonly noise = linked("noise", number(0, 1), 0.5);
  readonly seed = linked("seed", whole(0, 9999), 1);
  /** Points that were drawn, moved or read from a table, in place of the arrangement's. */
  readonly own = linked("points", ownPoints, null);
  readonly ownNames = linked("names", list(text, MOST_CLASSES, "~"), []);
  readonly ownFeatures = linked("columns", list(text, 2, "~"), []);
  readonly ownRanges = linked("view", ranges, []);

  readonly C = linked("C", number(1e-4, 1e5), 1);
  readonly focus: Linked<Strategy> = linked("show", oneOf(...STRATEGIES), "pairs");
  readonly way: Linked<Way> = linked("way", oneOf("vote", "elimination"), "vote");
  readonly decoding: Linked<Decoding> = linked(
    "decoding",
    oneOf("hamming", "euclidean"),
    "hamming",
  );
  readonly book: Linked<Book> = linked("book", oneOf<Book>(...PRESETS, "own"), "shortest");
  readonly draw = linked("draw", whole(0, 99), 0);
  readonly ownWords: Linked<OwnWords> = linked("words", ownWords, []);

  readonly x1 = linked("x1", number(), 0.5);
  readonly x2 = linked("x2", number(), 0.25);
  /** Steps that are shown of how the sample's class is found; 0: all. */
  readonly step = linked("step", whole(0, 99), 0);
  /** The classifier whose line and sum are shown, from 0; -1: none. */
  readonly chosen = linked("line", whole(-1, 99), -1);
  readonly mode: Linked<Mode> = linked("mode", oneOf("follow", "points"), "follow");
  /** The class of points that are added. */
  readonly brush = linked("brush", whole(0, MOST_CLASSES - 1), 0);

  readonly points: readonly Point[] = $derived(
    this.own.value ??
      arrange({
        arrangement: this.arrangement.value,
        classes: this.wanted.value,
        each: this.each.value,
        noise: this.noise.value,
        seed: this.seed.value,
      }),
  );
  readonly present: readonly number[] = $derived(
    [...new Set(this.points.map((point) => point.of))].sort((a, b) => a - b),
  );
  /** Of the classes that are there, in order. */
  readonly names: readonly string[] = $derived(this.present.map((of) => this.name(of)));
  readonly features: [string, string] = $derived([
    this.ownFeatures.value[0] || "x1",
    this.ownFeatures.value[1] || "x2",
  ]);
  readonly x: [number, number] = $derived(
    this.ownRanges.value.length ? [this.ownRanges.value[0], this.ownRanges.value[1]] : PLANE,
  );
  readonly y: [number, number] = $derived(
    this.ownRanges.value.length ? [this.ownRanges.value[2], this.ownRanges.value[3]] : PLANE,
  );

  /** undefined where the preset has none of so many classes. */
  readonly code: Code | undefined = $derived(
    this.present.length < 2
      ? undefined
      : this.book.value === "own"
        ? codeOf(this.ownWords.value, this.present)
        : presetCode(this.book.value, this.present.length, this.draw.value),
  );
  readonly faults: readonly Fault[] = $derived(this.code ? faultsOf(this.code) : []);

  name(of: number): string {
    return this.ownNames.value[of] || "ABCDEFGH"[of];
  }

  /** The arrangement's number of classes, as near to the one asked for as it can have. */
  get classes(): number {
    return classesOf(this.arrangement.value, this.wanted.value);
  }

  /** Back to an arrangement, from points of one's own. */
  arrangeAnew(): void {
    this.own.value = null;
    if (this.ownRanges.value.length) this.follow(0.5, 0.25);
    this.ownNames.value = [];
    this.ownFeatures.value = [];
    this.ownRanges.value = [];
  }

  follow(x: number, y: number): void {
    this.x1.value = snapped(x, this.x);
    this.x2.value = snapped(y, this.y);
  }

  /** The number of the new point; undefined where there is no room for more. */
  add(x: number, y: number, of: number): number | undefined {
    if (this.points.length >= MOST_POINTS) return undefined;
    this.own.value = [...this.points, { x: snapped(x, this.x), y: snapped(y, this.y), of }];
    return this.points.length - 1;
  }

  move(index: number, x: number, y: number): void {
    const moved = { ...this.points[index], x: snapped(x, this.x), y: snapped(y, this.y) };
    this.own.value = this.points.map((point, i) => (i === index ? moved : point));
  }

  remove(index: number): void {
    this.own.value = this.points.filter((_, i) => i !== index);
  }

  setWords(code: Code): void {
    this.ownWords.value = this.present.map((of, i) => ({ of, word: code[i] }));
    this.book.value = "own";
  }
}

/** Rounded to less than a hundredth of the range, and within it. */
export function snapped(value: number, [low, high]: [number, number]): number {
  const decimals = 2 - Math.floor(Math.log10(high - low));
  const unit = 10 ** Math.abs(decimals);
  const rounded = decimals > 0 ? Math.round(value * unit) / unit : Math.round(value / unit) * unit;
  return Math.min(high, Math.max(low, rounded));
}
