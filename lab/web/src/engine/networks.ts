/** Networks in training: made, advanced, looked at, taken back to an earlier state. */
import type { Engine, Frame, FrameRequest, NetworkData, NetworkSpec, Weights } from "./api.ts";
import type { Core } from "./core.ts";
import type { Address } from "./exports.ts";
import { createNetwork, widthsOf, type LayerWidths } from "./plans.ts";
import { checkedRows, refuse } from "./refusals.ts";
import { layersOf, mapOf, sampleOf } from "./views.ts";
import { fromFlat, Parts, toFlat } from "./weights.ts";

/** A network that the core holds. */
export interface Held {
  at: Address;
  spec: NetworkSpec;
  layers: LayerWidths[];
  rows: number;
  validated: boolean;
}

type Until = Parameters<Engine["networks"]["train"]>[1];

const ENDS = ["running", "converged", "max_iter", "nonfinite"] as const;
const NO_LIMIT = 2 ** 32 - 1;

/** Numbers of networks begin with `first`, so that those of an engine that broke down are gone. */
export function networks(core: Core, first = 1): Engine["networks"] {
  const { exports } = core;
  const all = new Map<number, Held>();
  let next = first;

  function held(network: number): Held {
    return (
      all.get(network) ??
      refuse("This network is gone; it has to be made anew.", "这个网络已不存在，需要重新创建。")
    );
  }

  return {
    async create(spec, data) {
      all.set(next, made(core, spec, data));
      return next++;
    },
    async train(network, until, request) {
      advance(core, held(network), until);
      return frameOf(core, held(network), request);
    },
    async frame(network, request) {
      return frameOf(core, held(network), request);
    },
    async sample(network, row) {
      const one = held(network);
      if (!(row >= 0 && row < one.rows)) refuse(`There is no row ${row}.`, `没有第 ${row} 行。`);
      return sampleOf(core, one, row);
    },
    async weights(network) {
      return weightsOf(core, held(network));
    },
    async setWeights(network, weights) {
      const one = held(network);
      const flat = toFlat(weights, one.layers, weightsOf(core, one));
      core.borrow((memory) => exports.network_set_weights(one.at, memory.floats(flat)));
    },
    async predict(network, { X, columns }) {
      const one = held(network);
      const rows = checkedRows(X, columns);
      if (columns !== one.layers[0].inputs)
        refuse(
          `The rows have ${columns} columns, but the network takes ${one.layers[0].inputs}.`,
          `数据有 ${columns} 列，而网络的输入是 ${one.layers[0].inputs} 个。`,
        );
      const outputs = rows * one.layers.at(-1)!.units;
      return core.borrow((memory) => {
        const x = memory.floats(X);
        const out = memory.room(outputs);
        exports.network_predict(one.at, x, rows, out);
        return memory.float64(out, outputs);
      });
    },
    async snapshot(network) {
      const state = exports.network_save(held(network).at);
      const bytes = core.bytes(exports.state_bytes(state), exports.state_size(state));
      exports.state_release(state);
      return bytes;
    },
    async restore(network, snapshot) {
      const one = held(network);
      const fits = core.borrow((memory) =>
        exports.network_restore(one.at, memory.bytes(snapshot), snapshot.length),
      );
      if (!fits)
        refuse(
          "What was kept is the state of another network.",
          "保存的状态属于另一个网络，无法恢复。",
        );
    },
    async dispose(network) {
      const one = all.get(network);
      if (one !== undefined) exports.network_release(one.at);
      all.delete(network);
    },
  };
}

function made(core: Core, spec: NetworkSpec, data: NetworkData): Held {
  const at = createNetwork(core, spec, data);
  const layers = widthsOf(core, at, spec.units.length - 1);
  const validated = data.validation !== undefined && data.validation.length > 0;
  return { at, spec, layers, rows: data.y.length, validated };
}

function advance(core: Core, network: Held, { steps, epochs, milliseconds }: Until): void {
  if (steps === undefined && epochs === undefined && milliseconds === undefined) return;
  const end = milliseconds === undefined ? Infinity : performance.now() + milliseconds;
  const last = epochs === undefined ? NO_LIMIT : progressOf(core, network)[0] + epochs;
  let left = steps ?? NO_LIMIT;
  let slice = milliseconds === undefined ? left : 1;
  while (left > 0) {
    const begun = performance.now();
    const wanted = Math.min(slice, left);
    const done = core.exports.network_train(network.at, wanted, last);
    const now = performance.now();
    if (done < wanted || now >= end) return;
    left -= done;
    if (now - begun < 1) slice *= 2; // so many that looking at the clock costs nothing
  }
}

function frameOf(core: Core, network: Held, request: FrameRequest): Frame {
  const { exports } = core;
  const [epoch, step, learningRate, end, ...where] = progressOf(core, network);
  const scores = core.borrow((memory) => {
    const out = memory.room(4);
    exports.network_scores(network.at, out);
    return memory.float64(out, 4);
  });
  const curve = (which: number): Float64Array =>
    core.floats(
      exports.network_curve(network.at, which),
      exports.network_curve_size(network.at, which),
    );
  const outcome = ENDS[end];
  const frame: Frame = {
    epoch,
    step,
    loss: curve(0),
    trainingScore: scores[0],
    trainingLoss: scores[1],
    validationScore: network.validated ? scores[2] : null,
    validationLoss: network.validated ? scores[3] : null,
    learningRate,
    finite: outcome !== "nonfinite",
    outcome,
    validationLosses: curve(1),
    validationScores: curve(2),
  };
  if (!frame.finite) frame.nonfinite = { epoch: where[0], step: where[1], layer: where[2] };
  if (request.map) Object.assign(frame, mapOf(core, network, request.map, request.units ?? false));
  if (request.weights) frame.weights = weightsOf(core, network);
  if (request.layers) frame.layers = layersOf(core, network);
  return frame;
}

/** Epochs, steps, learning rate, how it stands, and where a number was no longer finite. */
function progressOf(core: Core, network: Held): Float64Array {
  return core.borrow((memory) => {
    const out = memory.room(7);
    core.exports.network_progress(network.at, out);
    return memory.float64(out, 7);
  });
}

function weightsOf(core: Core, network: Held): Weights {
  return core.borrow((memory) => {
    const size = core.exports.network_size(network.at);
    const out = memory.room(size);
    core.exports.network_weights(network.at, out);
    return fromFlat(new Parts(memory.float64(out, size)), network.layers);
  });
}
