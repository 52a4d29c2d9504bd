/** The present network in forms that others take: to be exported, and to be diagnosed. */
import type { NetworkSpec, Weights } from "../../engine/api.ts";
import { rows, type ExportedModel } from "../../export/model.ts";
import { parametersOf } from "./catalogue.ts";
import type { Dataset } from "./dataset.ts";
import { isFormula, named, type HiddenLayer } from "./layers.ts";
import type { Shown } from "./trainer.svelte.ts";

/** Everything that makes the network what it is. */
export interface PresentModel {
  spec: NetworkSpec;
  layers: HiddenLayer[];
  data: Dataset;
  weights: Weights;
  epochs: number;
}

function activations(layers: HiddenLayer[]): ExportedModel["activations"] {
  return layers.map(({ activation }) => {
    const known = named(activation);
    return isFormula(activation) || known === undefined
      ? { name: activation.slice(1), parameters: {} }
      : { name: known.name, parameters: { ...parametersOf(known.name), ...known.parameters } };
  });
}

function parameters(spec: NetworkSpec): Record<string, unknown> {
  return {
    solver: spec.solver,
    learning_rate_init: spec.learningRateInit,
    learning_rate: spec.learningRate,
    momentum: spec.momentum,
    nesterovs_momentum: spec.nesterovsMomentum,
    alpha: spec.alpha,
    batch_size: spec.batchSize,
    dropout: spec.dropout,
    init: spec.init,
    random_state: spec.seed,
  };
}

function matrices({ coefs, intercepts }: Weights): { coefs: number[][][]; intercepts: number[][] } {
  return {
    coefs: coefs.map((coef, layer) => rows(coef, intercepts[layer].length)),
    intercepts: intercepts.map((one) => [...one]),
  };
}

const kindOf = (data: Dataset) => (data.task === "regression" ? "MLPRegressor" : "MLPClassifier");

function take<T>(values: ArrayLike<T>, chosen: Int32Array): T[] {
  return Array.from(chosen, (row) => values[row]);
}

/**
 * For `POST /api/exports`. Where the target of a regression was standardised, the last layer gives
 * it back in its own units; the rows for Python hold it standardised, as it was learnt.
 */
export function exported(model: PresentModel): ExportedModel {
  const { spec, data, layers } = model;
  const { coefs, intercepts } = matrices(model.weights);
  const target = data.targetScaling;
  if (target !== null) {
    const last = coefs.length - 1;
    coefs[last] = coefs[last].map((row) => row.map((weight) => weight * target.scale[0]));
    intercepts[last] = intercepts[last].map((b) => b * target.scale[0] + target.mean[0]);
  }
  const hidden = activations(layers);
  const regression = data.task === "regression";
  return {
    estimator: kindOf(data),
    parameters: {
      hidden_layer_sizes: layers.map((layer) => layer.units),
      activation: hidden,
      ...parameters(spec),
      max_iter: spec.maxIter ?? Math.max(1, Math.ceil(model.epochs)),
      // The page goes on as long as one lets it.
      tol: 0,
    },
    coefs,
    intercepts,
    activations: hidden,
    output: regression ? "identity" : data.classes.length > 2 ? "softmax" : "logistic",
    classes: regression ? undefined : data.classes,
    center: data.scaling?.mean,
    scale: data.scaling?.scale,
    X: take(rows(data.raw, data.columns), data.training),
    y: regression
      ? take(data.y, data.training)
      : take(data.yRaw, data.training).map((of) => data.classes[of]),
  };
}

const MOST_CELLS = 40_000;
const MOST_ROWS = 2000;
const MOST_EPOCHS = 1000;

/** For `POST /api/networks/diagnosis`: of large tables the first rows, of long courses every n-th. */
export function forDiagnosis(model: PresentModel, frame: Shown) {
  const { spec, data, layers } = model;
  const most = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / data.columns));
  const all = rows(data.X, data.columns);
  const [training, held] = [data.training.slice(0, most), data.validation.slice(0, most)];
  const every = Math.max(1, Math.ceil(frame.loss.length / MOST_EPOCHS));
  const epochs = Array.from(frame.loss.keys()).filter((i) => i % every === every - 1);
  const chosen = (curve: Float64Array) => {
    const values = curve.length > 0 ? epochs.map((epoch) => curve[epoch]) : [];
    return values.every(Number.isFinite) ? values : []; // JSON has no other numbers
  };
  return {
    estimator: kindOf(data),
    parameters: parameters(spec),
    activations: activations(layers),
    ...matrices(model.weights),
    X: take(all, training),
    y: take(data.y, training),
    X_validation: take(all, held),
    y_validation: take(data.y, held),
    epochs: frame.loss.length,
    loss_curve: chosen(frame.loss),
    validation_loss_curve: chosen(frame.validationLosses),
    validation_scores: chosen(frame.validationScores),
    nonfinite: !frame.finite,
  };
}
