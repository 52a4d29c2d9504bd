/** Activation functions: slopes, races, what vanishes. */
import { fixed, show } from "../state/numbers.ts";
import type { Lesson, RoomState } from "./lesson.ts";

async function at(room: RoomState, name: string, z: number) {
  const { value, derivative } = await room.engine.functions.evaluate({ name }, Float64Array.of(z));
  return { a: value[0], slope: derivative[0] };
}

async function steps(room: RoomState, name: string): Promise<number> {
  const race = { start: 0.9, stop: 0.5, learningRate: 0.2, mostSteps: 10_000 };
  return (await room.engine.functions.race({ name }, race)).steps;
}

export const functions: Lesson = {
  id: "functions",
  title: { en: "Activation functions", zh: "激活函数" },
  stops: [
    {
      room: "functions",
      state: { f: "sigmoid" },
      title: { en: "The steepest place", zh: "最陡的地方" },
      text: {
        en: "Drag the point along the sigmoid and watch its derivative: high gain in the middle, low at the sides.",
        zh: "沿 sigmoid 拖动点，观察导数：中间增益高，两侧增益低。",
      },
      where: {
        en: "Drag the point to the top of the lower curve, or type z, and read f′(z).",
        zh: "把点拖到下面那条曲线的最高处，或直接输入 z，读出 f′(z)。",
      },
      task: {
        kind: "number",
        ask: {
          en: "What is the largest value of the derivative of sigmoid?",
          zh: "sigmoid 导数的最大值是多少？",
        },
        async check(given, room) {
          const { slope } = await at(room, "sigmoid", 0);
          return {
            right: Math.abs(given - slope) < 5e-4,
            say: { en: "At z = 0 it is {slope}.", zh: "在 z = 0 处，它是 {slope}。" },
            values: { slope: show(slope) },
            answer: slope,
          };
        },
      },
    },
    {
      room: "functions",
      state: { view: "race" },
      title: { en: "The race", zh: "步数竞赛" },
      text: {
        en: "z ← z − 0.2 f′(z), from f(z) = 0.9 down to 0.5. Sigmoid takes 67 steps, ReLU 2. Press play.",
        zh: "z ← z − 0.2 f′(z)，从 f(z) = 0.9 降到 0.5。sigmoid 要 67 步，ReLU 只要 2 步。请按播放。",
      },
      where: {
        en: "Let the race run: the table names the steps of each runner.",
        zh: "让竞赛跑起来：表格里写着每个函数的步数。",
      },
      task: {
        kind: "number",
        ask: { en: "How many steps does tanh take?", zh: "tanh 要多少步？" },
        async check(given, room) {
          const right = await steps(room, "tanh");
          return {
            right: given === right,
            say: {
              en: "Computed just now: {n} steps. Its slope is up to 1, four times that of sigmoid.",
              zh: "刚才算得：{n} 步。它的斜率最大为 1，是 sigmoid 的四倍。",
            },
            values: { n: right },
          };
        },
      },
    },
    {
      room: "functions",
      state: { f: "sigmoid" },
      title: { en: "Layer upon layer", zh: "一层又一层" },
      text: {
        en: "The chain rule multiplies one derivative for each layer. For sigmoid, none of them is above 0.25. The panel “What is left of a gradient”, further down, shows the product.",
        zh: "链式法则每经过一层就乘一个导数。对 sigmoid，每个至多是 0.25。下方的“梯度还剩多少”一栏给出乘积。",
      },
      where: {
        en: "The panel “What is left of a gradient”, further down, multiplies it out; or compute 0.25 to the tenth power.",
        zh: "下方的“梯度还剩多少”一栏把它乘了出来；也可以自己算 0.25 的十次方。",
      },
      task: {
        kind: "choice",
        ask: {
          en: "How much of a gradient can be left after 10 sigmoid layers, at best?",
          zh: "经过 10 层 sigmoid，梯度最多还剩多少？",
        },
        options: [
          { value: "0.025", label: { en: "about 1/40", zh: "约 1/40" } },
          { value: "0.001", label: { en: "about 1/1,000", zh: "约 1/1,000" } },
          { value: "0.000001", label: { en: "about 1/1,000,000", zh: "约 1/1,000,000" } },
        ],
        async check(given, room) {
          const { slope } = await at(room, "sigmoid", 0);
          const left = slope ** 10;
          return {
            right: Math.abs(Math.log10(Number(given)) - Math.log10(left)) < 0.5,
            say: { en: "{slope}¹⁰ = {left}.", zh: "{slope}¹⁰ = {left}。" },
            values: { slope: show(slope), left: show(left, 3) },
          };
        },
      },
    },
    {
      room: "functions",
      state: { f: "relu" },
      title: { en: "Dead or alive", zh: "生与死" },
      text: {
        en: "A unit whose z is below 0 for every sample passes on no gradient if its derivative there is 0.",
        zh: "如果一个单元对所有样本都有 z < 0，而导数在那里为 0，它就不再传回任何梯度。",
      },
      where: {
        en: "Choose each of the three in the gallery, set z to −3, and read f′(z).",
        zh: "在函数一览中依次选这三个函数，把 z 设为 −3，读出 f′(z)。",
      },
      task: {
        kind: "choice",
        ask: {
          en: "Which of these has a derivative other than 0 at z = −3?",
          zh: "下面哪个函数在 z = −3 处的导数不为 0？",
        },
        options: [
          { value: "relu", label: { en: "ReLU", zh: "ReLU" } },
          { value: "leaky_relu", label: { en: "Leaky ReLU", zh: "Leaky ReLU" } },
          { value: "relu6", label: { en: "ReLU6", zh: "ReLU6" } },
        ],
        async check(given, room) {
          const { slope } = await at(room, given, -3);
          return {
            right: slope !== 0,
            say: {
              en: "The derivative of {name} at −3 is {slope}.",
              zh: "{name} 在 −3 处的导数是 {slope}。",
            },
            values: { name: given, slope: fixed(slope, 2) },
          };
        },
      },
    },
  ],
};
