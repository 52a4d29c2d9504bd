/** The four lines: the exact one and those that gradient descent is at. */
import type { Text } from "../../text/text.svelte.ts";
import type { Colours } from "../../ui/colours.ts";
import { texts } from "./texts.ts";

export const RACERS = ["full", "mini", "single"] as const;
export type Racer = (typeof RACERS)[number];
export const LINES = ["exact", ...RACERS] as const;
export type LineName = (typeof LINES)[number];

/** Each differs in colour, dash and marker. */
export const looks: Record<LineName, { of: number; dash: number[]; width: number }> = {
  exact: { of: 0, dash: [], width: 2.5 },
  full: { of: 0, dash: [12, 4], width: 2.5 },
  mini: { of: 1, dash: [8, 4, 2, 4], width: 2.5 },
  single: { of: 2, dash: [2, 4], width: 2.5 },
};

export const names = {
  exact: texts.exact,
  full: texts.full,
  mini: texts.mini,
  single: texts.single,
};

/** What a line is called; mini-batches with their size. */
export function titleOf(name: LineName, size: number): Text {
  if (name !== "mini") return names[name];
  const fill = (text: string) => text.replace("{size}", String(size));
  return { en: fill(texts.miniOf.en), zh: fill(texts.miniOf.zh) };
}

export function colourOf(name: LineName, colours: Colours): string {
  return name === "exact" ? colours.ink : colours.classes[looks[name].of];
}
