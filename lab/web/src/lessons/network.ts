/** A network of several layers. */
import type { NetworkSpec } from "../engine/api.ts";
import { percent } from "../state/numbers.ts";
import type { Lesson, RoomState } from "./lesson.ts";

/** The four corners of exclusive or, each 25 times with a little noise from a fixed sequence. */
function corners(): { X: Float64Array; y: Float64Array } {
  const X = new Float64Array(200);
  const y = new Float64Array(100);
  for (let i = 0; i < 100; i++) {
    const [p, q] = [(i & 1) * 2 - 1, ((i >> 1) & 1) * 2 - 1];
    X[2 * i] = p + 0.3 * Math.sin(12.9898 * i);
    X[2 * i + 1] = q + 0.3 * Math.sin(78.233 * i);
    y[i] = p === q ? 0 : 1;
  }
  return { X, y };
}

async function trained(room: RoomState, activation: string): Promise<number> {
  const spec: NetworkSpec = {
    units: [2, 8, 1],
    activations: [{ name: activation }],
    loss: "binary",
    solver: "adam",
    learningRateInit: 0.02,
    learningRate: "constant",
    momentum: 0.9,
    nesterovsMomentum: true,
    alpha: 1e-4,
    batchSize: 32,
    dropout: 0,
    shuffle: true,
    seed: 0,
    init: "glorot_uniform",
  };
  const { X, y } = corners();
  const { networks } = room.engine;
  const network = await networks.create(spec, { X, columns: 2, y });
  try {
    return (await networks.train(network, { epochs: 200 }, {})).trainingScore;
  } finally {
    await networks.dispose(network);
  }
}

export const network: Lesson = {
  id: "network",
  title: { en: "Layers", zh: "多层网络" },
  stops: [
    {
      room: "network",
      state: { data: "xor" },
      title: { en: "What makes it non-linear", zh: "非线性从何而来" },
      text: {
        en: "Exclusive or: equal signs are one class, unequal ones the other. No single line divides them. Choose the activation “identity” and train; then choose another.",
        zh: "异或：同号是一类，异号是另一类，没有一条直线能分开。先选激活函数 identity 训练，再换一个试试。",
      },
      task: {
        kind: "choice",
        ask: {
          en: "With which activation does one hidden layer of 8 learn it?",
          zh: "一个有 8 个单元的隐藏层，用哪个激活函数学得会？",
        },
        options: ["identity", "step", "tanh"].map((name) => ({
          value: name,
          label: { en: name, zh: name },
        })),
        async check(given, room) {
          const score = await trained(room, given);
          return {
            right: score > 0.95,
            say: {
              en: "Trained just now, 200 epochs with {name}: {score} of the rows are right. Linear upon linear stays linear, and step has no gradient to learn by.",
              zh: "刚刚用 {name} 训练了 200 轮：{score} 的样本判断正确。线性叠加线性仍是线性；阶跃函数没有梯度，第一层学不到东西。",
            },
            values: { name: given, score: percent(score, 1) },
          };
        },
      },
    },
    {
      room: "network",
      state: { data: "xor" },
      title: { en: "What is learned", zh: "学的是什么" },
      text: {
        en: "Each unit has a weight for every input and an intercept of its own. All of them are learned.",
        zh: "每个单元对每个输入有一个权重，另有自己的截距。它们都是学出来的。",
      },
      task: {
        kind: "number",
        ask: {
          en: "How many numbers does a network of 2 inputs, hidden layers of 8 and 8, and 1 output learn?",
          zh: "2 个输入、两个各 8 个单元的隐藏层、1 个输出的网络，要学多少个数？",
        },
        check: async (given) => {
          const units = [2, 8, 8, 1];
          const parts = units.slice(1).map((n, i) => (units[i] + 1) * n);
          const sum = parts.reduce((total, part) => total + part, 0);
          return {
            right: given === sum,
            say: {
              en: "(2 + 1)·8 + (8 + 1)·8 + (8 + 1)·1 = {sum}.",
              zh: "(2 + 1)·8 + (8 + 1)·8 + (8 + 1)·1 = {sum}。",
            },
            values: { sum },
          };
        },
      },
    },
  ],
};
