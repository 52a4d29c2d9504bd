/**
 * The functions of the library's catalogue that a hidden layer can have here: those that act on
 * each element and learn nothing themselves. Parameters with their defaults, as the library has
 * them (tests compare).
 */
import type { Text } from "../../text/text.svelte.ts";

type Parameters = Record<string, number>;

export const families: { title: Text; functions: Record<string, Parameters> }[] = [
  {
    title: { en: "S-shaped", zh: "S 形" },
    functions: {
      sigmoid: {},
      tanh: {},
      lecun_tanh: {},
      penalized_tanh: { slope: 0.25 },
      hardsigmoid: {},
      hardtanh: { min_val: -1, max_val: 1 },
      softsign: {},
      isru: { alpha: 1 },
      arctan_curve: {},
      erf_curve: {},
      gudermannian: {},
      normal_cdf: {},
      cloglog: {},
    },
  },
  {
    title: { en: "Half-linear", zh: "半线性" },
    functions: {
      relu: {},
      leaky_relu: { negative_slope: 0.01 },
      relu6: {},
      thresholded_relu: { theta: 1 },
      squared_relu: {},
      elu: { alpha: 1 },
      celu: { alpha: 1 },
      selu: {},
      isrlu: { alpha: 1 },
      softplus: { beta: 1 },
      squareplus: { b: 4 },
      logsigmoid: {},
      bent_identity: {},
      symlog: {},
      asinh: {},
    },
  },
  {
    title: { en: "Gated by themselves", zh: "自门控" },
    functions: {
      silu: { beta: 1 },
      gelu: {},
      gelu_tanh: {},
      quick_gelu: {},
      mish: {},
      hardswish: {},
      golu: {},
      smish: {},
      logish: {},
      serf: {},
      tanhexp: {},
      elish: {},
    },
  },
  {
    title: { en: "Others", zh: "其他" },
    functions: {
      identity: {},
      step: {},
      sign: {},
      absolute: {},
      exponential: {},
      sine: {},
      cosine: {},
      snake: { alpha: 1 },
      gaussian: {},
      triangular: {},
      tanhshrink: {},
      hardshrink: { lambd: 0.5 },
      softshrink: { lambd: 0.5 },
    },
  },
];

const known = new Map(families.flatMap((family) => Object.entries(family.functions)));

export function isKnown(name: string): boolean {
  return known.has(name);
}

export function parametersOf(name: string): Parameters {
  return known.get(name) ?? {};
}
