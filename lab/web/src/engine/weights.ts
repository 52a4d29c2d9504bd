/** Weights between the core's row of numbers and the arrays that the page has. */
import type { Weights } from "./api.ts";
import type { LayerWidths } from "./plans.ts";
import { refuse } from "./refusals.ts";

/** Numbers taken one part after the other. */
export class Parts {
  readonly #values: Float64Array;
  #from = 0;

  constructor(values: Float64Array) {
    this.#values = values;
  }

  next(n: number): Float64Array {
    this.#from += n;
    return this.#values.slice(this.#from - n, this.#from);
  }

  number(): number {
    return this.#values[this.#from++];
  }
}

export function fromFlat(parts: Parts, layers: LayerWidths[]): Weights {
  const coefs = layers.map(({ inputs, units }) => parts.next(inputs * units));
  const intercepts = layers.map(({ units }) => parts.next(units));
  const slopes = layers.slice(0, -1).map((layer) => parts.next(layer.slopes));
  return { coefs, intercepts, slopes };
}

/** Throws where the arrays do not fit the layers. Slopes left out are those of `before`. */
export function toFlat(weights: Weights, layers: LayerWidths[], before: Weights): Float64Array {
  const slopes = weights.slopes ?? before.slopes!;
  layers.forEach(({ inputs, units, slopes: learnt }, layer) => {
    const coef = weights.coefs[layer]?.length;
    const intercept = weights.intercepts[layer]?.length;
    const last = layer === layers.length - 1;
    if (coef === inputs * units && intercept === units && (last || slopes[layer].length === learnt))
      return;
    refuse(
      `Layer ${layer + 1} has ${inputs} × ${units} weights and ${units} intercepts, but got ` +
        `${coef ?? 0} and ${intercept ?? 0}.`,
      `第 ${layer + 1} 层应有 ${inputs} × ${units} 个权重和 ${units} 个偏置，` +
        `得到的却是 ${coef ?? 0} 个和 ${intercept ?? 0} 个。`,
    );
  });
  const parts = [...weights.coefs, ...weights.intercepts, ...slopes.slice(0, layers.length - 1)];
  const flat = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    flat.set(part, at);
    at += part.length;
  }
  return flat;
}
