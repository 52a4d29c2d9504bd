/** Many classes from two-class answers. */
import type { Lesson } from "./lesson.ts";

export const classes: Lesson = {
  id: "classes",
  title: { en: "More than two classes", zh: "两类以上" },
  stops: [
    {
      room: "classes",
      state: { show: "pairs" },
      title: { en: "Every pair its own line", zh: "每一对类别一条直线" },
      text: {
        en: "One-vs-one trains a two-class model for each pair of classes, on these two classes only.",
        zh: "一对一为每一对类别训练一个二分类模型，只用这两类的数据。",
      },
      where: {
        en: "Each class meets each other one once: count the pairs, or choose 7 classes and read how many classifiers the card “One-vs-one” names.",
        zh: "每个类别与其他每个类别各比一次：数一数有多少对，或者选 7 类，看“一对一”卡片上写的分类器个数。",
      },
      task: {
        kind: "number",
        ask: {
          en: "How many models does it need for 7 classes? (Choose 7 classes and count, or think.)",
          zh: "7 个类别需要多少个模型？（可以选 7 类数一数，也可以推算。）",
        },
        check: async (given) => ({
          right: given === (7 * 6) / 2,
          say: { en: "N(N − 1)/2 = 7 · 6 / 2 = {n}.", zh: "N(N − 1)/2 = 7 · 6 / 2 = {n}。" },
          values: { n: (7 * 6) / 2 },
        }),
      },
    },
    {
      room: "classes",
      state: { show: "pairs", way: "elimination" },
      title: { en: "Elimination asks less", zh: "淘汰法问得更少" },
      text: {
        en: "A|B says A: then B is out, and A|C is asked. Each answer puts out one class. “Step by step” beside the large map shows it.",
        zh: "A|B 说是 A，B 就出局，接着问 A|C。每个回答淘汰一个类别。点大图旁边的“逐步查看”可以看到过程。",
      },
      where: {
        en: "Press “Step by step” beside the large map, and count the questions until one class is left.",
        zh: "点大图旁边的“逐步查看”，数一数问了几次才只剩一个类别。",
      },
      task: {
        kind: "number",
        ask: {
          en: "How many of the 6 models of 4 classes does elimination ask for one sample?",
          zh: "4 个类别共有 6 个模型，用淘汰法判断一个样本要问几个？",
        },
        check: async (given) => ({
          right: given === 4 - 1,
          say: {
            en: "N − 1 = {n}: one class is left when all the others are out. Voting asks all 6.",
            zh: "N − 1 = {n}：其余都出局后只剩一个类别。投票法则要问全部 6 个。",
          },
          values: { n: 4 - 1 },
        }),
      },
    },
    {
      room: "classes",
      state: { show: "codes", book: "shortest" },
      title: { en: "Code words", zh: "编码" },
      text: {
        en: "Classifier 1 tells A, B from C, D; classifier 2 tells A, C from B, D. Both answers together are a code word.",
        zh: "分类器 1 区分 A、B 与 C、D；分类器 2 区分 A、C 与 B、D。两个回答合起来就是一个码字。",
      },
      where: {
        en: "Which letters are in both answers? The code book below shows the two columns.",
        zh: "哪个字母同时出现在两个回答里？下面的码本列出了这两列。",
      },
      task: {
        kind: "choice",
        ask: {
          en: "The first says “A or B”, the second “B or D”. Which class?",
          zh: "第一个说“A 或 B”，第二个说“B 或 D”。是哪个类别？",
        },
        options: ["A", "B", "C", "D"].map((name) => ({
          value: name,
          label: { en: name, zh: name },
        })),
        check: async (given) => {
          const said = [new Set("AB"), new Set("BD")];
          const left = [..."ABCD"].filter((one) => said.every((some) => some.has(one)));
          return {
            right: left.length === 1 && given === left[0],
            say: {
              en: "Only {name} is in both answers. With two bits there is no spare one: a single wrong answer gives a wrong class.",
              zh: "同时出现在两个回答里的只有 {name}。两位编码没有富余：答错一位就会判错类别。",
            },
            values: { name: left.join() },
          };
        },
      },
    },
  ],
};
