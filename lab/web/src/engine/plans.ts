/** From the description of a network and its rows to one in the core. */
import type { FunctionSpec, NetworkData, NetworkSpec } from "./api.ts";
import type { Borrowed, Core } from "./core.ts";
import type { Address } from "./exports.ts";
import { kindOf, withFunction } from "./functions.ts";
import { checkedNumber, checkedRows, refuse, requireFinite } from "./refusals.ts";

const MOST_WEIGHTS = 2_000_000; // some 130 MB with what training needs besides
const MOST_SEED = 2 ** 32 - 1;

const LOSSES = {
  binary: "binary_log_loss",
  multiclass: "log_loss",
  squared_error: "squared_error",
} as const;

/** What of a network is told of its layers: inputs, units and learnt slopes of each. */
export interface LayerWidths {
  inputs: number;
  units: number;
  slopes: number;
}

/** Makes the network and draws its weights. */
export function createNetwork(core: Core, spec: NetworkSpec, data: NetworkData): Address {
  checkUnits(core, spec);
  checkSettings(spec);
  const held = checkedData(spec, data);
  const { exports } = core;
  return core.borrow((memory) => {
    const plan = exports.plan_create(memory.integers(spec.units), spec.units.length);
    try {
      describe(core, memory, plan, spec, data.y.length - count(held));
      const x = memory.floats(data.X);
      return exports.network_create(
        plan,
        x,
        memory.floats(data.y),
        memory.bytes(held),
        held.length,
      );
    } finally {
      exports.plan_release(plan);
    }
  });
}

function describe(
  core: Core,
  memory: Borrowed,
  plan: Address,
  spec: NetworkSpec,
  rows: number,
): void {
  const { exports } = core;
  for (const activation of spec.activations)
    withFunction(core, activation, (at) => exports.plan_hidden(plan, at));
  for (let layer = 0; layer + 1 < spec.units.length; layer++)
    start(core, memory, plan, spec, layer);
  const choose = (setting: string, value: string): void => {
    const [name, chosen] = [memory.text(setting), memory.text(value)];
    if (!exports.plan_choice(plan, name.at, name.length, chosen.at, chosen.length))
      refuse(`${setting} cannot be "${value}".`, `${setting} 不能是“${value}”。`);
  };
  const set = (setting: string, value: number): void => {
    const name = memory.text(setting);
    if (!exports.plan_number(plan, name.at, name.length, value)) throw new Error(setting);
  };
  choose("loss", LOSSES[spec.loss] ?? spec.loss);
  choose("solver", spec.solver);
  // As in scikit-learn, its own schedules are for SGD; ours serves every solver.
  const own = spec.solver === "sgd" || spec.learningRate === "cosine";
  choose("learning_rate", own ? spec.learningRate : "constant");
  set("learning_rate_init", spec.learningRateInit);
  set("momentum", spec.momentum);
  set("nesterovs_momentum", Number(spec.nesterovsMomentum));
  set("beta_1", spec.beta1 ?? 0.9);
  set("beta_2", spec.beta2 ?? 0.999);
  set("epsilon", spec.epsilon ?? 1e-8);
  set("weight_decay", spec.weightDecay ?? 0.01);
  set("alpha", spec.alpha);
  set("power_t", spec.powerT ?? 0.5);
  set("tol", spec.tol ?? 1e-4);
  set("dropout", spec.dropout);
  set("batch_size", Math.min(spec.batchSize, rows));
  set("shuffle", Number(spec.shuffle));
  set("random_state", spec.seed);
  const patience = spec.nIterNoChange ?? (own && spec.learningRate === "adaptive" ? 10 : Infinity);
  set("n_iter_no_change", patience);
  set("max_iter", spec.maxIter ?? (spec.learningRate === "cosine" ? 200 : Infinity));
}

function start(
  core: Core,
  memory: Borrowed,
  plan: Address,
  spec: NetworkSpec,
  layer: number,
): void {
  const { exports } = core;
  const after: FunctionSpec | undefined = spec.activations[layer];
  const named = (rule: string, factor = 0): void => {
    const name = memory.text(rule);
    if (!exports.plan_start(plan, layer, name.at, name.length, 1, factor))
      refuse(`There are no initial weights "${rule}".`, `没有名为“${rule}”的初始权重。`);
  };
  if (spec.init === "glorot_uniform") {
    // scikit-learn's, which draws the last layer by the hidden activation's factor, too.
    const deciding = after ?? spec.activations.at(-1);
    named(spec.init, isNamed(deciding, "sigmoid") ? 2 : 6);
  } else if (spec.init !== "auto") {
    named(spec.init);
  } else if (after === undefined) {
    named("glorot_uniform");
  } else if (after.init !== undefined || !("name" in after)) {
    named(after.init ?? "glorot_uniform");
  } else {
    withFunction(core, after, (at) => exports.plan_suitable_start(plan, layer, at));
  }
}

function isNamed(spec: FunctionSpec | undefined, name: string): boolean {
  return spec !== undefined && "name" in spec && spec.name === name;
}

function checkUnits(core: Core, { units, activations, loss }: NetworkSpec): void {
  if (activations.length !== units.length - 2)
    refuse(
      `A network of ${units.length} layers of units has ${units.length - 2} hidden ones, but there are ` +
        `${activations.length} activations; give each hidden layer one.`,
      `网络有 ${units.length - 2} 个隐藏层，却给了 ${activations.length} 个激活函数；每个隐藏层各给一个。`,
    );
  for (const n of units)
    if (!Number.isInteger(n) || n < 1)
      refuse(
        `A layer must have a positive whole number of units, not ${n}.`,
        `每层的神经元数必须是正整数，而不是 ${n}。`,
      );
  if (loss !== "multiclass" && units.at(-1) !== 1)
    refuse(
      `Two classes and a regression have one output, not ${units.at(-1)}.`,
      `二分类和回归只有一个输出，而不是 ${units.at(-1)} 个。`,
    );
  let weights = 0;
  let inputs = units[0];
  for (let layer = 1; layer < units.length; layer++) {
    weights += (inputs + 1) * units[layer];
    inputs = units[layer];
    const activation = activations[layer - 1];
    if (activation === undefined || kindOf(core, activation) !== "gate") continue;
    if (inputs % 2 === 1)
      refuse(
        `A gate hands on half of its units, so hidden layer ${layer} needs an even number of them, ` +
          `not ${inputs}.`,
        `门控只输出一半的单元，因此第 ${layer} 个隐藏层的单元数必须是偶数，而不是 ${inputs}。`,
      );
    inputs /= 2;
  }
  if (weights > MOST_WEIGHTS)
    refuse(
      `A network of ${weights} weights is too large for the page; it takes up to ${MOST_WEIGHTS}.`,
      `网络有 ${weights} 个权重，超出页面的上限 ${MOST_WEIGHTS}。`,
    );
}

function checkSettings(spec: NetworkSpec): void {
  checkedNumber("learning_rate_init", spec.learningRateInit, 0, Number.MAX_VALUE, "least");
  checkedNumber("momentum", spec.momentum, 0, 1);
  checkedNumber("alpha", spec.alpha, 0, Number.MAX_VALUE);
  checkedNumber("batch_size", spec.batchSize, 1, Infinity);
  checkedNumber("random_state", spec.seed, 0, MOST_SEED);
  if (checkedNumber("dropout", spec.dropout, 0, 1) === 1)
    refuse("dropout must be below 1.", "dropout 必须小于 1。");
}

/** Returns 1 for each row that is held out, 0 for the others. */
function checkedData({ units, loss }: NetworkSpec, data: NetworkData): Uint8Array {
  const rows = checkedRows(data.X, data.columns, data.y.length);
  if (data.columns !== units[0])
    refuse(
      `The rows have ${data.columns} columns, but the network takes ${units[0]}.`,
      `数据有 ${data.columns} 列，而网络的输入是 ${units[0]} 个。`,
    );
  if (loss === "squared_error") {
    requireFinite(data.y, "Targets", "目标值");
  } else {
    const classes = loss === "binary" ? 2 : units.at(-1)!;
    for (const label of data.y)
      if (!Number.isInteger(label) || label < 0 || label >= classes)
        refuse(
          `Classes are numbered from 0 to ${classes - 1}; got ${label}.`,
          `类别的编号为 0 到 ${classes - 1}，得到的却是 ${label}。`,
        );
  }
  const held = new Uint8Array(rows);
  for (const row of data.validation ?? []) {
    if (!(row >= 0 && row < rows)) refuse(`There is no row ${row}.`, `没有第 ${row} 行。`);
    held[row] = 1;
  }
  if (count(held) >= rows) refuse("There are no rows to learn from.", "没有可供学习的数据行。");
  return held;
}

function count(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}

/** Widths of all layers. */
export function widthsOf(core: Core, network: Address, depth: number): LayerWidths[] {
  return core.borrow((memory) => {
    const out = memory.take(12);
    return Array.from({ length: depth }, (_, layer) => {
      core.exports.network_layer(network, layer, out);
      const [inputs, units, slopes] = memory.uint32(out, 3);
      return { inputs, units, slopes };
    });
  });
}
