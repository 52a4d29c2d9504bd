/** A network of several layers. */
import type { NetworkSpec } from "../engine/api.ts";
import { bundled } from "../rooms/network/dataset.ts";
import { percent } from "../state/numbers.ts";
import type { Lesson, RoomState } from "./lesson.ts";

const EPOCHS = 200;

/** The room's own rows and network as the stop sets them up, with another activation. */
async function trained(room: RoomState, activation: string): Promise<number> {
  const given = { n: 300, noise: 0.2, seed: 1, classes: 2 };
  const { X, columns, y, validation } = bundled("xor", given, 0.3);
  const spec: NetworkSpec = {
    units: [2, 8, 1],
    activations: [{ name: activation }],
    loss: "binary",
    solver: "adam",
    learningRateInit: 0.01,
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
  const { networks } = room.engine;
  const network = await networks.create(spec, { X, columns, y, validation });
  try {
    return (await networks.train(network, { epochs: EPOCHS }, {})).trainingScore;
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
      state: { data: "xor", layers: "8:identity" },
      title: { en: "What makes it non-linear", zh: "非线性从何而来" },
      text: {
        en: "Exclusive or: equal signs are one class, unequal ones the other. No single line divides them. Here one hidden layer of 8 has the activation “identity”: press Play for 200 epochs or so; then choose another activation.",
        zh: "异或：同号是一类，异号是另一类，没有一条直线能分开。这里只有一个 8 个单元的隐藏层，激活函数是 identity：先按“训练”跑 200 轮左右，再换一个激活函数试试。",
      },
      where: {
        en: "Train with each of the three, and compare the accuracy of the training rows.",
        zh: "用这三个函数各训练一次，比较训练行的准确率。",
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
              en: "The room's network, trained just now for 200 epochs with {name}, is right about {score} of the training rows. Linear upon linear stays linear, and step has no gradient to learn by.",
              zh: "刚刚把房间里的网络用 {name} 训练了 200 轮：训练行中有 {score} 判断正确。线性叠加线性仍是线性；阶跃函数没有梯度，第一层学不到东西。",
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
      where: {
        en: "Every unit has one weight for each unit of the layer before, and one intercept: count layer by layer.",
        zh: "每个单元对前一层的每个单元各有一个权重，再加一个截距：一层一层地数。",
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
