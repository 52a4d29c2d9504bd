/** The softmax model in the form in which models are taken along. */
import type { ExportedModel } from "../../export/model.ts";
import type { Fits } from "./fitting.ts";

export function exported(
  { softmax, points, present, C }: Fits,
  nameOf: (of: number) => string,
): ExportedModel {
  const { w1, w2, b } = softmax.lines;
  // Of two classes there is one output, for the second.
  const from = present.length === 2 ? 1 : 0;
  return {
    estimator: "LogisticRegression",
    parameters: { C },
    coefs: [[[...w1.slice(from)], [...w2.slice(from)]]],
    intercepts: [[...b.slice(from)]],
    activations: [],
    output: present.length === 2 ? "logistic" : "softmax",
    classes: present.map(nameOf),
    X: points.map(({ x, y }) => [x, y]),
    y: points.map(({ of }) => nameOf(of)),
  };
}
