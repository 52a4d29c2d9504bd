/** Numbers and formulas of this room as they are written. */
import { fixed, show } from "../../state/numbers.ts";
import type { Weights } from "./line.ts";

const FEW_DIGITS = 1e-4; // less than this has fewer than three digits among six decimals

/** Six decimals as in the lecture, or three digits of what is smaller. */
export function six(value: number): string {
  return value !== 0 && Math.abs(value) < FEW_DIGITS ? show(value, 3) : fixed(value, 6);
}

/**
 * A number near 1 or -1 as what it lacks to it, where six decimals would show none of that: a
 * never is 1. `rest` is what it lacks.
 */
export function nearOne(value: number, rest: number): string {
  if (!(rest > 0 && rest < FEW_DIGITS)) return six(value);
  return value > 0 ? `1 − ${show(rest, 3)}` : `−1 + ${show(rest, 3)}`;
}

/** A number in LaTeX. */
export function tex(value: number, digits = 6): string {
  return texOf(show(value, digits));
}

/** Six decimals in LaTeX. */
export function texSix(value: number): string {
  return texOf(six(value));
}

function texOf(text: string): string {
  return text
    .replaceAll("−", "-")
    .replace("∞", "\\infty ")
    .replace(/e\+?(-?\d+)/, "\\times10^{$1}");
}

/** In brackets if it would follow a sign badly. */
export function bracketed(text: string): string {
  return /^-|times/.test(text) ? `(${text})` : text;
}

/** `-x_1+2x_2-2`: w1 x1 + w2 x2 + b with the numbers in. */
export function texLine([w1, w2, b]: Weights): string {
  const terms: string[] = [];
  const add = (value: number, symbol: string) => {
    if (value === 0) return;
    const size = tex(Math.abs(value));
    const factor = symbol && size === "1" ? "" : size;
    const sign = value < 0 ? "-" : terms.length > 0 ? "+" : "";
    terms.push(`${sign}${factor}${symbol}`);
  };
  add(w1, "x_1");
  add(w2, "x_2");
  add(b, "");
  return terms.join("") || "0";
}
