/**
 * What the pages may ask of the engine: the core of the library, compiled to WebAssembly, in a
 * Worker. Arrays are row-major float64; they are transferred, so an array given away is not to be
 * used again. A call that fails rejects with an `EngineError`.
 */

/** An activation of the catalogue by name, or a formula compiled by the server. */
export type FunctionSpec = (NamedFunction | { program: Program }) & {
  kinks?: Kink[];
  /**
   * Which starting weights suit it, for `init: "auto"` of a network; undefined: what the catalogue
   * says, and of a formula Glorot's.
   */
  init?: string;
};

export interface NamedFunction {
  name: string;
  /** Those that are not given have their defaults. */
  parameters?: Record<string, number>;
  /** Whether a network learns the slope of "prelu" for each unit by itself. */
  perUnit?: boolean;
}

/** The derivative to use at a point where there are several. */
export interface Kink {
  z: number;
  slope: number;
}

/** A formula as `POST /api/formula` gives it; see src/ogive/activations/formula/compile.py. */
export interface Program {
  constants: number[];
  scratch: number;
  value: ProgramLine[];
  derivative: ProgramLine[];
  both: ProgramLine[];
}
/** Operation, registers read, registers written, whether NaN is kept, kernel, its numbers. */
export type ProgramLine = [string, number[], number[], boolean, string, number[]];

export interface Evaluated {
  value: Float64Array;
  derivative: Float64Array;
}

/** `z <- z - learningRate f'(z)` until f(z) <= stop, as `Activation.descend` of the library. */
export interface Race {
  start: number;
  stop: number;
  learningRate: number;
  mostSteps: number;
  /** Start at this z instead of where f(z) = start: the fair race over one distance. */
  startZ?: number;
  stopZ?: number;
}
export interface Raced {
  z: Float64Array; // of every step, the first one being the start
  value: Float64Array;
  steps: number;
  arrived: boolean;
  outcome: RaceOutcome;
}
/**
 * As `outcome` of the library's descents; "never" only where the steps close in on the goal for
 * ever, since what else tells it needs the facts of a function. "no start": the function does not
 * take the value `start` anywhere.
 */
export type RaceOutcome =
  "arrived" | "stands still" | "never" | "too many steps" | "undefined" | "no start";

/** n rows of p columns. */
export interface Table {
  X: Float64Array;
  columns: number;
}

export interface LeastSquares {
  coef: Float64Array;
  intercept: number;
  /** Sum of squared residuals, and the residual of every row. */
  rss: number;
  residuals: Float64Array;
  r2: number;
  rank: number;
}

/** As `LinearRegression(solver="sgd", …)`: on standardised columns, traced in the user's units. */
export interface DescentOptions {
  /** undefined: all rows. */
  batchSize?: number;
  /** undefined: "auto". */
  learningRate?: number;
  maxIter: number;
  tol: number;
  shuffle: boolean;
  seed: number;
}
export interface Descent {
  coef: Float64Array; // steps + 1 rows of p columns
  intercept: Float64Array;
  loss: Float64Array; // half the mean squared error over all rows
  step: Float64Array;
  learningRate: number;
  learningRateLimit: number;
  state: "converged" | "diverged" | "max_iter";
}

/** As `LogisticRegression(C, tol, max_iter)`; two classes have one row of coefficients. */
export interface LogisticOptions {
  classes: number;
  C: number; // Infinity: no penalty
  tol: number;
  maxIter: number;
}
export interface LogisticFit {
  coef: Float64Array; // rows of p columns
  intercept: Float64Array;
  loss: number;
  steps: number;
  converged: boolean;
}

export type Loss = "binary" | "multiclass" | "squared_error";

/** Parameters of MLPClassifier and MLPRegressor, with their names, meanings and defaults. */
export interface NetworkSpec {
  /** Input, hidden layers, outputs (1 for two classes). */
  units: number[];
  /** One for each hidden layer. */
  activations: FunctionSpec[];
  loss: Loss;
  solver: "sgd" | "adam" | "adamw";
  learningRateInit: number;
  learningRate: "constant" | "invscaling" | "adaptive" | "cosine";
  momentum: number;
  nesterovsMomentum: boolean;
  alpha: number;
  batchSize: number;
  dropout: number;
  shuffle: boolean;
  /** random_state: weights and mini-batches are those of the library's with the same seed. */
  seed: number;
  /** A name of the library's, such as "glorot_uniform" (its default) or "auto". */
  init: string;
  // What follows may be left out; it then has the library's default, but for the two that end a
  // training: it goes on for as long as it is asked to.
  /** Epochs after which the training is over; "cosine" needs it, and has 200. */
  maxIter?: number;
  tol?: number;
  /** Epochs without a better loss that end the training; "adaptive" needs it, and has 10. */
  nIterNoChange?: number;
  powerT?: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  weightDecay?: number;
}

/** Coefficients and intercepts of each layer, as `coefs_` and `intercepts_`. */
export interface Weights {
  coefs: Float64Array[]; // fan_in × fan_out
  intercepts: Float64Array[];
  /** Learnt slopes of each hidden layer, empty where it has none; may be left out if all are. */
  slopes?: Float64Array[];
}

export interface NetworkData extends Table {
  /** Class of each row, or the target of a regression. */
  y: Float64Array;
  /** Rows that are only tested on; the rest is trained on. */
  validation?: Int32Array;
}

/** What a view of the training wants to see. All but the numbers is left out if not asked for. */
export interface FrameRequest {
  /**
   * Outputs at the centres of the cells of a grid over the first two inputs, row by row from the
   * least y; other inputs are held at `at` (undefined: 0).
   */
  map?: {
    x: [number, number];
    y: [number, number];
    columns: number;
    rows: number;
    at?: Float64Array;
  };
  /** The same of every hidden unit. */
  units?: boolean;
  weights?: boolean;
  /** Activity of the units over the training rows, gradients by layer. */
  layers?: boolean;
}
export interface Frame {
  epoch: number;
  step: number; // mini-batches since the start
  /** By epoch so far. */
  loss: Float64Array;
  trainingScore: number; // accuracy or R²
  trainingLoss: number;
  validationScore: number | null;
  validationLoss: number | null;
  learningRate: number;
  /** Class by class probabilities (rows × columns × classes; one number for two classes), or z. */
  map?: Float32Array;
  /** By hidden layer and unit, each rows × columns. */
  units?: Float32Array[][];
  weights?: Weights;
  layers?: LayerState[];
  finite: boolean;
  /** "converged" and "max_iter" end a training that has tol or maxIter, "nonfinite" any. */
  outcome: "running" | "converged" | "max_iter" | "nonfinite";
  /** Where a number was no longer finite, each from 1; the last layer is the output. */
  nonfinite?: { epoch: number; step: number; layer: number };
  /** By epoch so far; empty without validation rows. */
  validationLosses: Float64Array;
  validationScores: Float64Array;
}
export interface LayerState {
  gradientRms: number; // of the weights, over all training rows
  errorNorm: number;
  weightRms: number;
  /** Of hidden layers; as the library's diagnosis defines them. */
  deadUnits?: number[];
  saturatedUnits?: number[];
  activeShare?: Float64Array;
  mean?: number;
  std?: number;
}

/** One row forwards and backwards, layer by layer. */
export interface SampleTrace {
  input: Float64Array;
  z: Float64Array[];
  a: Float64Array[]; // the last one after the classification function
  slope: Float64Array[]; // f'(z) of hidden layers
  error: Float64Array[]; // dL/dz
  loss: number;
  gradient: Weights; // of this row's loss alone, without penalty
}

export interface Engine {
  ready(): Promise<void>;
  functions: {
    evaluate(spec: FunctionSpec, z: Float64Array): Promise<Evaluated>;
    /** Rows of `columns` numbers through a function of the whole row: softmax, gates and so on. */
    rows(spec: NamedFunction, z: Float64Array, columns: number): Promise<Float64Array>;
    race(spec: FunctionSpec, race: Race): Promise<Raced>;
    /** Nanoseconds an element of value and derivative, measured now in this browser. */
    cost(spec: FunctionSpec): Promise<number>;
  };
  linear: {
    solve(table: Table, y: Float64Array): Promise<LeastSquares>;
    descend(table: Table, y: Float64Array, options: DescentOptions): Promise<Descent>;
  };
  logistic: {
    fit(table: Table, label: Int32Array, options: LogisticOptions): Promise<LogisticFit>;
    /** z, a, loss and dL/dz of each row under given weights (two classes). */
    explain(
      table: Table,
      label: Int32Array,
      coef: Float64Array,
      intercept: number,
    ): Promise<{ z: Float64Array; a: Float64Array; loss: Float64Array; error: Float64Array }>;
  };
  networks: {
    create(spec: NetworkSpec, data: NetworkData): Promise<number>;
    /** Takes mini-batches until `steps` or `epochs` are done or `milliseconds` are over. */
    train(
      network: number,
      until: { steps?: number; epochs?: number; milliseconds?: number },
      request: FrameRequest,
    ): Promise<Frame>;
    frame(network: number, request: FrameRequest): Promise<Frame>;
    sample(network: number, row: number): Promise<SampleTrace>;
    weights(network: number): Promise<Weights>;
    setWeights(network: number, weights: Weights): Promise<void>;
    predict(network: number, table: Table): Promise<Float64Array>;
    /** Everything that training depends on, to go back to: optimizer, shuffling, history. */
    snapshot(network: number): Promise<Uint8Array>;
    restore(network: number, snapshot: Uint8Array): Promise<void>;
    dispose(network: number): Promise<void>;
  };
}

/** What the engine refuses, or that it broke down; `text` says it in both languages. */
export class EngineError extends Error {
  readonly text: { en: string; zh: string };

  constructor(text: { en: string; zh: string }) {
    super(text.en);
    this.name = "EngineError";
    this.text = text;
  }
}
