/** The line in words: its equation and the sides of the classes. */
import { show } from "../../state/numbers.ts";
import { t } from "../../text/text.svelte.ts";
import { geometry, type Weights } from "./line.ts";
import { texts } from "./texts.ts";

/** To be called where it is shown, as `t`. */
export function sideText(line: Weights): string {
  return t(texts[geometry(line).side], { line: equation(line) });
}

export function equation(line: Weights): string {
  const { slope, intercept, at } = geometry(line);
  if (!Number.isNaN(at)) return `x1 = ${show(at, 5)}`;
  const size = show(Math.abs(slope), 5);
  const rise = size === "0" ? "" : `${slope < 0 ? "−" : ""}${size === "1" ? "" : `${size} `}x1`;
  const constant = show(Math.abs(intercept), 5);
  if (rise === "") return `x2 = ${show(intercept, 5)}`;
  if (constant === "0") return `x2 = ${rise}`;
  return `x2 = ${rise} ${intercept < 0 ? "−" : "+"} ${constant}`;
}
