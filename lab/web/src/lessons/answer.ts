/** What a visitor typed as an answer, and what to say of a wrong one without giving it away. */
import { parsed } from "../state/numbers.ts";
import type { Text } from "../text/text.svelte.ts";
import { texts } from "./texts.ts";

/** A number as people write it: 0.25, 0,25, 1/4, b = 0.25, 25 %; undefined if it is none. */
export function answered(text: string): number | undefined {
  const value = text.slice(text.lastIndexOf("=") + 1).trim();
  if (value.endsWith("%")) {
    const share = parsed(value.slice(0, -1));
    return share === undefined ? undefined : share / 100;
  }
  const parts = value.split("/").map(parsed);
  if (parts.length === 1) return parts[0];
  const [above, below] = parts;
  if (parts.length !== 2 || above === undefined || below === undefined) return undefined;
  const fraction = above / below;
  return Number.isFinite(fraction) ? fraction : undefined;
}

/** What is amiss with a number; undefined where it is simply another one. */
export function amiss(given: number, right: number): Text | undefined {
  const apart = (one: number) => Math.abs(one - right) / Math.max(Math.abs(right), 1e-12);
  if (apart(-given) < 0.01) return texts.sign;
  return apart(given) < 0.03 ? texts.digits : undefined;
}
