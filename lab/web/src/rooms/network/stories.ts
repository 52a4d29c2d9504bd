/** Settings that tell something of the lecture, one sentence each. */
import type { Text } from "../../text/text.svelte.ts";
import type { HiddenLayer } from "./layers.ts";
import type { Values } from "./settings.svelte.ts";

export interface Story {
  name: string;
  title: Text;
  told: Text;
  values: Values;
}

function layers(count: number, units: number, activation: string): HiddenLayer[] {
  return Array.from({ length: count }, () => ({ units, activation }));
}

/** What a story begins from, so that each one is whole. */
const plain: Values = {
  n: 300,
  noise: 0.15,
  dataSeed: 1,
  validation: 0.3,
  init: "glorot_uniform",
  seed: 0,
  solver: "adam",
  learningRate: 0.01,
  schedule: "constant",
  momentum: 0.9,
  nesterov: true,
  batchSize: 32,
  alpha: 0.0001,
  dropout: 0,
};

export const stories: Story[] = [
  {
    name: "bend",
    title: { en: "Bending the line", zh: "把直线弄弯" },
    told: {
      en: "Two layers of tanh bend the boundary round the moons, and every unit draws one line of it.",
      zh: "两层 tanh 把分类边界弯过月牙，每个单元各画其中的一条线。",
    },
    values: { ...plain, source: "moons", noise: 0.2, layers: layers(2, 8, "tanh") },
  },
  {
    name: "linear",
    title: { en: "A linear activation equals none", zh: "线性激活等于没有激活" },
    told: {
      en: "Three hidden layers, but no bend in any of them: the boundary stays one straight line, and circles cannot be told apart.",
      zh: "虽有三个隐藏层，却没有一处弯曲：分类边界始终是一条直线，分不开同心圆。",
    },
    values: { ...plain, source: "circles", classes: 2, layers: layers(3, 6, "identity") },
  },
  {
    name: "step",
    title: { en: "The step cannot learn", zh: "阶跃函数学不动" },
    told: {
      en: "The slope of the step is 0, so no gradient passes: every hidden unit keeps the line it began with, and only the last layer learns.",
      zh: "阶跃函数的斜率为 0，梯度无法通过：隐藏单元保持最初的直线，只有最后一层在学习。",
    },
    // With a penalty, Adam would shrink the weights that receive no gradient of the loss.
    values: { ...plain, source: "circles", classes: 2, layers: layers(2, 8, "step"), alpha: 0 },
  },
  {
    name: "vanishing",
    title: { en: "Six layers of sigmoid", zh: "六层 sigmoid" },
    told: {
      en: "Each sigmoid passes at most a quarter of the gradient on: after six of them the first layer receives next to nothing, and the loss stays where it was.",
      zh: "每个 sigmoid 最多传下四分之一的梯度：经过六层，第一层几乎得不到梯度，损失停在原处。",
    },
    values: {
      ...plain,
      source: "moons",
      noise: 0.2,
      layers: layers(6, 8, "sigmoid"),
      solver: "sgd",
      learningRate: 0.05,
    },
  },
  {
    name: "relu",
    title: { en: "The same six with ReLU", zh: "换成 ReLU 的六层" },
    told: {
      en: "The same network, the same steps, ReLU in place of sigmoid: its slope is 1 where it is active, the gradient arrives, and the network learns.",
      zh: "同样的网络、同样的步子，用 ReLU 代替 sigmoid：激活处斜率为 1，梯度能传到，网络学会了。",
    },
    values: {
      ...plain,
      source: "moons",
      noise: 0.2,
      layers: layers(6, 8, "relu"),
      solver: "sgd",
      learningRate: 0.05,
    },
  },
  {
    name: "killed",
    title: { en: "A rate that kills ReLUs", zh: "学习率过大，ReLU 死亡" },
    told: {
      en: "One step that is too large pushes z below 0 on every row: such a unit outputs 0, passes no gradient and never comes back.",
      zh: "一步走得太大，会把所有行的 z 推到 0 以下：这样的单元输出为 0，不再传梯度，再也回不来。",
    },
    values: {
      ...plain,
      source: "moons",
      noise: 0.2,
      layers: layers(2, 8, "relu"),
      solver: "sgd",
      learningRate: 2,
    },
  },
  {
    name: "overfitting",
    title: { en: "Learnt by heart", zh: "死记硬背" },
    told: {
      en: "Few noisy rows and a large network: the training loss falls on while the validation loss turns and rises. Rewind to where it was least.",
      zh: "数据少而有噪声，网络又大：训练损失继续下降，验证损失却掉头上升。可回退到它最小的那一轮。",
    },
    values: {
      ...plain,
      source: "moons",
      n: 60,
      noise: 0.45,
      validation: 0.5,
      layers: layers(3, 16, "relu"),
      batchSize: 8,
      alpha: 0,
    },
  },
  {
    name: "spirals",
    title: { en: "Three spirals", zh: "三条螺旋" },
    told: {
      en: "Three classes wound around each other: softmax at the output, and colours mix where the network is not sure.",
      zh: "三个互相缠绕的类别：输出层用 softmax，网络没有把握的地方颜色会混合。",
    },
    values: {
      ...plain,
      source: "spirals",
      classes: 3,
      n: 600,
      noise: 0.08,
      layers: layers(2, 16, "tanh"),
      learningRate: 0.02,
    },
  },
  {
    name: "surface",
    title: { en: "A surface", zh: "一张曲面" },
    told: {
      en: "A regression: no classification function at the output, the network fits the height of a hill and a hollow.",
      zh: "回归：输出层没有分类函数，网络拟合一座山和一个谷的高度。",
    },
    values: {
      ...plain,
      source: "bump",
      n: 500,
      noise: 0.1,
      layers: layers(2, 8, "softplus"),
      learningRate: 0.02,
    },
  },
];
