/** How two-class models, the outputs of the last layer, decide among many classes. */
export type Reduction =
  | { kind: "one_vs_one"; decision: "vote" | "elimination" }
  | { kind: "one_vs_rest" }
  | { kind: "output_code"; decoding: "hamming" | "euclidean"; code_book: number[][] };

/** A room's present model, as `POST /api/exports/{form}` takes it. */
export interface ExportedModel {
  estimator: "LinearRegression" | "LogisticRegression" | "MLPClassifier" | "MLPRegressor";
  /** Constructor parameters by scikit-learn's names; activation as a list like `activations`. */
  parameters: Record<string, unknown>;
  /** Of each layer, fan_in rows of fan_out numbers. */
  coefs: number[][][];
  intercepts: number[][];
  /** After each layer but the last. */
  activations: { name: string; parameters: Record<string, number> }[];
  output: "identity" | "logistic" | "softmax";
  classes?: (number | string)[];
  reduction?: Reduction;
  /** Features are standardised by these first. */
  center?: number[];
  scale?: number[];
  /** The rows to fit, for the Python that makes the model again. */
  X?: number[][];
  y?: (number | string)[];
}

/** Row-major numbers as rows. */
export function rows(numbers: ArrayLike<number>, columns: number): number[][] {
  const count = columns === 0 ? 0 : numbers.length / columns;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: columns }, (_, j) => numbers[i * columns + j]),
  );
}
