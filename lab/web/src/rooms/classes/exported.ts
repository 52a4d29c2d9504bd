/** The models of a strategy, and how it decides, in the form in which models are taken along. */
import type { ExportedModel, Reduction } from "../../export/model.ts";
import type { Decoding } from "./decisions.ts";
import type { Fits, Strategy } from "./fitting.ts";
import type { Way } from "./state.svelte.ts";

export interface Rules {
  way: Way;
  decoding: Decoding;
}

/** Of a strategy that has models: code words have none where the code book cannot decide. */
export function exported(
  fits: Fits,
  strategy: Strategy,
  rules: Rules,
  nameOf: (of: number) => string,
): ExportedModel {
  const { points, present, C } = fits;
  const { w1, w2, b } = fits[strategy]!.lines;
  const classes = labels(present.map(nameOf));
  // Softmax of two classes has one output, for the second.
  const two = strategy === "softmax" && present.length === 2;
  const from = two ? 1 : 0;
  return {
    estimator: "LogisticRegression",
    parameters: { C },
    coefs: [[[...w1.slice(from)], [...w2.slice(from)]]],
    intercepts: [[...b.slice(from)]],
    activations: [],
    output: two ? "logistic" : strategy === "softmax" ? "softmax" : "identity",
    classes,
    reduction: reductionOf(fits, strategy, rules),
    X: points.map(({ x, y }) => [x, y]),
    y: points.map(({ of }) => classes[present.indexOf(of)]),
  };
}

/** Whole numbers as such: the library puts 9 before 10, as the page does, but "10" before "9". */
function labels(names: string[]): (number | string)[] {
  const numbers = names.map(Number);
  const whole = numbers.every((one, i) => Number.isSafeInteger(one) && String(one) === names[i]);
  return whole ? numbers : names;
}

function reductionOf({ code }: Fits, strategy: Strategy, rules: Rules): Reduction | undefined {
  if (strategy === "pairs") return { kind: "one_vs_one", decision: rules.way };
  if (strategy === "rest") return { kind: "one_vs_rest" };
  if (strategy === "softmax" || code === undefined) return undefined;
  const code_book = code.map((word) => [...word]);
  return { kind: "output_code", decoding: rules.decoding, code_book };
}
