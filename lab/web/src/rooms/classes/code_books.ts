/** Code books: presets as the library makes them, and what the link keeps of one made by hand. */
import type { Codec } from "../../state/link.svelte.ts";
import books from "./code_books.json";
import { MOST_COLUMNS, type Code } from "./decisions.ts";

export const PRESETS = [
  "shortest",
  "one_vs_rest",
  "one_vs_one",
  "random",
  "random_long",
  "optimised",
  "bch",
  "exhaustive",
] as const;
export type Preset = (typeof PRESETS)[number];
/** How many draws there are of those that are drawn: random_state 0, 1, …. */
export const DRAWS = 6;

/** The word of each class, by its place among all eight. */
export type OwnWords = readonly { of: number; word: readonly number[] }[];

const known: Record<string, Record<string, string[]>> = books;

export function isDrawn(preset: Preset): boolean {
  return preset !== "shortest" && (known[preset]["4"]?.length ?? 0) > 1;
}

/** undefined where it would be longer than the page has room for. */
export function presetCode(preset: Preset, classes: number, draw: number): Code | undefined {
  if (preset === "shortest") return counting(classes);
  const drawn = known[preset][String(classes)];
  return drawn?.[draw % drawn.length].split(" ").map(bitsOf);
}

/** The classes counted in binary with as few columns as can be; of four: AB|CD and AC|BD. */
function counting(classes: number): Code {
  const columns = Math.max(1, Math.ceil(Math.log2(classes)));
  return Array.from({ length: classes }, (_, i) =>
    Array.from({ length: columns }, (_, j) => ((i >> (columns - 1 - j)) & 1 ? -1 : 1)),
  );
}

/** The words of the classes that are there; one that has none takes no part so far. */
export function codeOf(own: OwnWords, present: readonly number[]): Code {
  const length = own[0]?.word.length ?? 1;
  const none = new Array<number>(length).fill(0);
  return present.map((of) => own.find((one) => one.of === of)?.word ?? none);
}

/** Classes named by letters, bits by p, n and o: `Apn,Bpp`. */
export const ownWords: Codec<OwnWords> = {
  write: (words) =>
    words
      .map(({ of, word }) => "ABCDEFGH"[of] + word.map((bit) => "nop"[bit + 1]).join(""))
      .join(","),
  read: (text) => {
    if (text === "") return [];
    const words = text.split(",").map((part) => ({
      of: "ABCDEFGH".indexOf(part[0]),
      word: [...part.slice(1)].map((letter) => "nop".indexOf(letter) - 1),
    }));
    const length = words[0].word.length;
    const right =
      words.length <= 8 &&
      length >= 1 &&
      length <= MOST_COLUMNS &&
      new Set(words.map(({ of }) => of)).size === words.length &&
      words.every(
        ({ of, word }) => of >= 0 && word.length === length && word.every((bit) => bit >= -1),
      );
    return right ? words : undefined;
  },
};

function bitsOf(word: string): number[] {
  return [...word].map((sign) => "-0+".indexOf(sign) - 1);
}

/** As `"AB|CD"`: the classes on the positive side, a bar, those on the negative side. */
export function sidesOf(column: readonly number[], names: readonly string[]): string {
  const short = names.every((name) => [...name].length === 1);
  const side = (sign: number) =>
    names.filter((_, i) => column[i] === sign).join(short ? "" : ", ") || "–";
  return short ? `${side(1)}|${side(-1)}` : `${side(1)} | ${side(-1)}`;
}
