/** The exact solution as a model to take along. */
import { rows, type ExportedModel } from "../../export/model.ts";
import type { Fit } from "./race.svelte.ts";

export function exported({ exact, rows: data }: Fit): ExportedModel {
  return {
    estimator: "LinearRegression",
    parameters: {},
    coefs: [[...exact.coef].map((weight) => [weight])],
    intercepts: [[exact.intercept]],
    activations: [],
    output: "identity",
    X: rows(data.X, data.columns),
    y: [...data.y],
  };
}
