/** How tall curves are. */

export interface Extent {
  low: number;
  high: number;
  /** Without the most extreme tenths. */
  lower: number;
  upper: number;
}

/** Of the finite numbers; undefined if there are none. */
export function extentOf(y: Float64Array): Extent | undefined {
  const sorted = y.filter(Number.isFinite).sort();
  if (sorted.length === 0) return undefined;
  const last = sorted.length - 1;
  return {
    low: sorted[0],
    high: sorted[last],
    lower: sorted[Math.round(0.1 * last)],
    upper: sorted[Math.round(0.9 * last)],
  };
}

/** The height of a curve that does not run off; Infinity where there is nothing to compare with. */
export function heightOf(extent: Extent | undefined): number {
  if (extent === undefined) return Infinity;
  return extent.upper - extent.lower || extent.high - extent.low || Infinity;
}

/** The lowest and highest y worth showing: a curve that runs off is cut there. */
export function viewOf(
  extents: readonly (Extent | undefined)[],
  otherwise: [number, number],
): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (const extent of extents) {
    if (extent === undefined) continue;
    const { low, high, lower, upper } = extent;
    const room = 2 * (upper - lower || high - low);
    least = Math.min(least, Math.max(low, lower - room));
    most = Math.max(most, Math.min(high, upper + room));
  }
  if (least > most) return otherwise;
  const margin = 0.07 * (most - least) || 0.5;
  return [least - margin, most + margin];
}
