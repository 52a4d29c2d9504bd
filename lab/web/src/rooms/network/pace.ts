/** How fast training goes on the page. */
import type { Engine } from "../../engine/api.ts";

/** Milliseconds of a frame that are for training. */
const BUDGET = 10;

export const SPEEDS = ["slow", "steady", "fast"] as const;
export type Speed = (typeof SPEEDS)[number];
export type Until = Parameters<Engine["networks"]["train"]>[1];
export const PACE: Record<Speed, { until: Until; every: number }> = {
  slow: { until: { steps: 1 }, every: 200 },
  steady: { until: { epochs: 1 }, every: 50 },
  fast: { until: { milliseconds: BUDGET }, every: 0 },
};
