/** The small curves of the gallery, each computed once by the engine. */
import { SvelteMap } from "svelte/reactivity";
import { curveOf } from "./curves.svelte.ts";
import { keyOf } from "./chosen.ts";
import { library } from "./library.svelte.ts";
import { viewOf } from "./heights.ts";
import type { Line } from "./sampling.ts";
import { chosenOf } from "./state.svelte.ts";
import type { FunctionRecord } from "./records.ts";

const SPAN: [number, number] = [-4, 4];
const POINTS = 97;
export const WIDTH = 72;
export const HEIGHT = 44;

export interface Thumbnail {
  value: string;
  slope: string;
}

export const thumbnails = new SvelteMap<string, Thumbnail>();
const begun = new Set<string>();

export async function drawThumbnails(records: FunctionRecord[]): Promise<void> {
  for (const record of records) {
    if (begun.has(record.name)) continue;
    begun.add(record.name);
    const chosen = chosenOf(record);
    if (chosen.formula) await library.compile(chosen);
    const spec = library.specOf(chosen);
    if (spec === undefined) {
      begun.delete(record.name); // its formula could not be compiled now
      continue;
    }
    const curve = await curveOf(spec, SPAN, POINTS);
    const [low, high] = viewOf([curve.value.extent, curve.slope.extent], [-1, 1]);
    const y = tall([low, high]);
    thumbnails.set(keyOf(chosen), { value: path(curve.value, y), slope: path(curve.slope, y) });
  }
}

/** Never so narrow that a straight line looks steep and a constant like nothing. */
function tall([low, high]: [number, number]): [number, number] {
  const least = 2;
  if (high - low >= least) return [low, high];
  const middle = (low + high) / 2;
  return [middle - least / 2, middle + least / 2];
}

function path({ z, y }: Line, [low, high]: [number, number]): string {
  let text = "";
  let drawing = false;
  for (let i = 0; i < z.length; i++) {
    if (!Number.isFinite(y[i])) {
      drawing = false;
      continue;
    }
    const left = ((z[i] - SPAN[0]) / (SPAN[1] - SPAN[0])) * WIDTH;
    const top = HEIGHT * (1 - (y[i] - low) / (high - low));
    const shown = Math.min(3 * HEIGHT, Math.max(-2 * HEIGHT, top));
    text += `${drawing ? "L" : "M"}${left.toFixed(1)} ${shown.toFixed(1)}`;
    drawing = true;
  }
  return text;
}
