/** The colours of app.css for canvases, read when they are drawn. */
import { appearance } from "../state/theme.svelte.ts";

export interface Colours {
  paper: string;
  panel: string;
  ink: string;
  soft: string;
  line: string;
  grid: string;
  accent: string;
  good: string;
  warn: string;
  bad: string;
  classes: string[];
}

const NAMES = [
  "paper",
  "panel",
  "ink",
  "soft",
  "line",
  "grid",
  "accent",
  "good",
  "warn",
  "bad",
] as const;

let known: { dark: boolean; colours: Colours } | undefined;

/** Called while drawing: whoever draws again when these change is in the right colours. */
export function colours(): Colours {
  const dark = appearance.dark;
  if (known?.dark === dark) return known.colours;
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const named = Object.fromEntries(NAMES.map((name) => [name, read(name)]));
  const classes = Array.from({ length: 8 }, (_, i) => read(`class-${i}`));
  known = { dark, colours: { ...(named as Omit<Colours, "classes">), classes } };
  return known.colours;
}

/** Red, green and blue from 0 to 255 of "#rrggbb", or of "#rgb" as the build shortens it. */
export function channels(colour: string): [number, number, number] {
  const digits = colour.slice(1);
  const bits = parseInt(digits.length === 3 ? digits.replace(/./g, "$&$&") : digits, 16);
  return [(bits >> 16) & 255, (bits >> 8) & 255, bits & 255];
}
