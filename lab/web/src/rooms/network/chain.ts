/** The chain rule of one unit for one row, with the numbers put in, as LaTeX. */
import type { SampleTrace, Weights } from "../../engine/api.ts";
import { show } from "../../state/numbers.ts";

const MOST_TERMS = 5;

export interface UnitPlace {
  /** Number of the layer of weights that lead to it, from 0. */
  layer: number;
  unit: number;
}

export interface Incoming {
  weight: number;
  before: number;
  product: number;
  gradient: number;
}

/** What comes in from each unit before. */
export function incoming(trace: SampleTrace, weights: Weights, at: UnitPlace): Incoming[] {
  const { layer, unit } = at;
  const before = layer === 0 ? trace.input : trace.a[layer - 1];
  const count = trace.z[layer].length;
  return Array.from(before, (value, i) => {
    const weight = weights.coefs[layer][i * count + unit];
    const gradient = trace.gradient.coefs[layer][i * count + unit];
    return { weight, before: value, product: weight * value, gradient };
  });
}

function number(value: number): string {
  const text = show(value, 4).replaceAll("−", "-").replace("∞", "\\infty");
  const parts = text.split("e");
  return parts.length === 2 ? `${parts[0]}\\cdot 10^{${Number(parts[1])}}` : text;
}

function bracketed(value: number): string {
  return value < 0 ? `(${number(value)})` : number(value);
}

function sum(pairs: [number, number][]): string {
  const terms = pairs.slice(0, MOST_TERMS).map(([w, a]) => `${bracketed(w)}\\cdot ${bracketed(a)}`);
  return terms.join(" + ") + (pairs.length > MOST_TERMS ? " + \\dots" : "");
}

/** z as a sum, then a. */
export function forwards(
  trace: SampleTrace,
  weights: Weights,
  at: UnitPlace,
  regression: boolean,
): string[] {
  const { layer, unit } = at;
  const parts = incoming(trace, weights, at);
  const intercept = weights.intercepts[layer][unit];
  const before = layer === 0 ? "x" : "a";
  const z = trace.z[layer][unit];
  const a = trace.a[layer][unit];
  const last = layer === trace.z.length - 1;
  const lines = [
    `z = \\sum_i w_i ${before}_i + b = ${sum(parts.map((one) => [one.weight, one.before]))}` +
      ` + ${bracketed(intercept)} = ${number(z)}`,
  ];
  if (!last) lines.push(`a = f(z) = f(${number(z)}) = ${number(a)}`);
  else if (regression) lines.push(`a = z = ${number(a)}`);
  else if (trace.z[layer].length === 1)
    lines.push(`a = \\frac{1}{1 + e^{-z}} = \\frac{1}{1 + e^{${number(-z)}}} = ${number(a)}`);
  else lines.push(`a = \\frac{e^{z}}{\\sum_k e^{z_k}} = ${number(a)}`);
  return lines;
}

/** dL/dz from what follows, then the gradient of a weight and of the intercept. */
export function backwards(
  trace: SampleTrace,
  weights: Weights,
  at: UnitPlace,
  target: number,
): string[] {
  const { layer, unit } = at;
  const error = trace.error[layer][unit];
  const last = layer === trace.z.length - 1;
  const lines: string[] = [];
  if (last) {
    const a = trace.a[layer][unit];
    lines.push(`\\frac{dL}{dz} = a - y = ${number(a)} - ${bracketed(target)} = ${number(error)}`);
  } else {
    const following = trace.error[layer + 1];
    const pairs = Array.from(following, (value, k): [number, number] => [
      weights.coefs[layer + 1][unit * following.length + k],
      value,
    ]);
    const total = pairs.reduce((all, [w, value]) => all + w * value, 0);
    const slope = trace.slope[layer][unit];
    lines.push(
      `\\frac{dL}{da} = \\sum_k w_k \\frac{dL}{dz_k} = ${sum(pairs)} = ${number(total)}`,
      `\\frac{dL}{dz} = f'(z)\\,\\frac{dL}{da} = ${number(slope)}\\cdot ${bracketed(total)}` +
        ` = ${number(error)}`,
    );
  }
  const first = incoming(trace, weights, at)[0];
  const before = layer === 0 ? "x" : "a";
  lines.push(
    `\\frac{dL}{dw_1} = \\frac{dL}{dz}\\, ${before}_1 = ${number(error)}\\cdot ` +
      `${bracketed(first.before)} = ${number(first.gradient)}, \\qquad ` +
      `\\frac{dL}{db} = \\frac{dL}{dz} = ${number(trace.gradient.intercepts[layer][unit])}`,
  );
  return lines;
}
