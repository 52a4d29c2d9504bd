/** Moving and zooming the axes. */
import type { Codec } from "../../state/link.svelte.ts";

export type Span = [number, number];

export const WHOLE: Span = [-5, 5];
const FARTHEST = 1e6;
const NARROWEST = 1e-4;
const WIDEST = 2000;

/** `-5,5`; an empty text where the axis suits itself to the curves. */
export const spanCodec: Codec<Span | null> = {
  write: (span) => (span === null ? "" : span.map((end) => Number(end.toPrecision(8))).join(",")),
  read: (text) => {
    if (text === "") return null;
    const parts = text.split(",");
    if (parts.length !== 2 || parts.some((part) => part.trim() === "")) return undefined;
    const [low, high] = parts.map(Number);
    if (!Number.isFinite(low) || !Number.isFinite(high) || !(low < high)) return undefined;
    return bounded([low, high]);
  },
};

export function zoomed([low, high]: Span, factor: number, about = (low + high) / 2): Span {
  return bounded([about + (low - about) * factor, about + (high - about) * factor]);
}

export function moved([low, high]: Span, share: number): Span {
  const by = share * (high - low);
  return bounded([low + by, high + by]);
}

export function shifted([low, high]: Span, by: number): Span {
  return bounded([low + by, high + by]);
}

function bounded([low, high]: Span): Span {
  const width = Math.min(WIDEST, Math.max(NARROWEST, high - low));
  const middle = Math.min(FARTHEST, Math.max(-FARTHEST, (low + high) / 2));
  return [middle - width / 2, middle + width / 2];
}
