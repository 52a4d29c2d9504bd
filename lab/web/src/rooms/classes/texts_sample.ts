/** What the room says of one sample. */
import type { Text } from "../../text/text.svelte.ts";

export const sampleTexts = {
  title: { en: "Follow one sample: {strategy}", zh: "跟踪一个样本：{strategy}" },
  where: { en: "Sample", zh: "样本" },
  stepByStep: { en: "Step by step", zh: "逐步查看" },
  back: { en: "Back", zh: "上一步" },
  forth: { en: "Next", zh: "下一步" },
  all: { en: "Show all", zh: "全部显示" },
  stepOf: { en: "Step {step} of {steps}", zh: "第 {step} 步，共 {steps} 步" },
  classifier: { en: "classifier", zh: "分类器" },
  says: { en: "says", zh: "判为" },
  rest: { en: "rest", zh: "其余" },
  class: { en: "class", zh: "类别" },
  votes: { en: "votes", zh: "票数" },
  sum: { en: "sum of z", zh: "z 之和" },
  score: { en: "score", zh: "得分" },
  state: { en: "state", zh: "状态" },
  isIn: { en: "in", zh: "在场" },
  isOut: { en: "out by {pair}", zh: "被 {pair} 淘汰" },
  waits: { en: "waits", zh: "等待" },
  wins: { en: "wins", zh: "胜出" },
  share: { en: "a / Σ a", zh: "a / Σ a" },
  word: { en: "word", zh: "码字" },
  distance: { en: "bits that differ", zh: "不同的位" },
  answers: { en: "answers", zh: "回答" },
  probability: { en: "probability", zh: "概率" },
  saysSentence: {
    en: "{pair}: z = {z}, a = {a}. It says {name}.",
    zh: "{pair}：z = {z}，a = {a}，判为 {name}。",
  },
  outSentence: {
    en: "{pair}: z = {z}, a = {a}. It says {name}, so {out} is out.",
    zh: "{pair}：z = {z}，a = {a}，判为 {name}，淘汰 {out}。",
  },
  restSentence: {
    en: "{name} against the rest: z = {z}, a = {a}. It says {says}.",
    zh: "{name} 对其余：z = {z}，a = {a}，判为{says}。",
  },
  bitSentence: {
    en: "Classifier {number}, {pair}: z = {z}, a = {a}. The bit is {bit}: {side}.",
    zh: "分类器 {number}，{pair}：z = {z}，a = {a}。这一位是 {bit}：{side}。",
  },
  mostVotes: { en: "{name} has the most votes: {votes}.", zh: "{name} 得票最多：{votes} 票。" },
  tie: {
    en: "{names} tie at {votes} votes. The sum of z decides: {name}.",
    zh: "{names} 并列，各 {votes} 票。由 z 之和决定：{name}。",
  },
  scoreIs: {
    en: "Score: votes + s / (3 (|s| + 1)), s being the sum of z for the class less those against it. It is less than a third of a vote, and decides ties only.",
    zh: "得分 = 票数 + s / (3 (|s| + 1))，s 是支持该类别的 z 之和减去反对它的 z 之和。它不到三分之一票，只用来决出并列。",
  },
  left: { en: "{name} is left.", zh: "最后留下 {name}。" },
  confirms: {
    en: "Not asked, but it confirms: {pairs}.",
    zh: "没有问到，但可以印证：{pairs}。",
  },
  contradicts: {
    en: "Not asked: {pairs} says otherwise. No class beats all others; in another order another class could be left.",
    zh: "没有问到的 {pairs} 却不同意。没有一类胜过其他所有类；换一个顺序，留下的可能是另一类。",
  },
  asked: {
    en: "{asked} of {all} classifiers were asked.",
    zh: "{all} 个分类器中问了 {asked} 个。",
  },
  oneYes: { en: "Exactly one says yes: {name}.", zh: "恰好一个说“是”：{name}。" },
  noYes: {
    en: "All say rest. The largest z decides: {name}.",
    zh: "都说“其余”。由最大的 z 决定：{name}。",
  },
  manyYes: {
    en: "{names} say yes. The largest z decides: {name}.",
    zh: "{names} 都说“是”。由最大的 z 决定：{name}。",
  },
  oneForBoth: {
    en: "Two classes need one classifier: what it says no to is the other.",
    zh: "两类只需一个分类器：它否定的就是另一类。",
  },
  meet: {
    en: "{sides} together mean {name}.",
    zh: "{sides} 合起来就是 {name}。",
  },
  nearest: {
    en: "The word of {name} is nearest: {bits} of {length} bits differ.",
    zh: "{name} 的码字最近：{length} 位中有 {bits} 位不同。",
  },
  corrected: {
    en: "If {name} is right, wrong answers have been corrected: of classifier {columns}.",
    zh: "如果 {name} 是对的，分类器 {columns} 的回答就错了，已被纠正。",
  },
  equallyNear: {
    en: "The words of {names} are equally near ({bits} bits). The first of them is taken: {name}.",
    zh: "{names} 的码字同样近（{bits} 位不同），取排在前面的 {name}。",
  },
  sameBits: {
    en: "The words of {names} are equally near by bits ({bits}).",
    zh: "按位数，{names} 的码字同样近（{bits} 位不同）。",
  },
  byDistance: {
    en: "By the distance of the z to the words: {name}.",
    zh: "按 z 到各码字的距离：{name}。",
  },
  scoreEuclidean: {
    en: "Score: f · t − |t|² / 2 of the z, f, and the word t; the largest belongs to the nearest word.",
    zh: "得分 = f · t − |t|² / 2，f 是各 z，t 是码字；得分最大的码字最近。",
  },
  squashed: {
    en: "As classes are left out somewhere, f = tanh(z / 2): a classifier that never saw a class must not shout.",
    zh: "有的分类器没有用到所有类别，所以 f = tanh(z / 2)：没见过某类的分类器不应声音太大。",
  },
  outputsSentence: { en: "An output z for each class.", zh: "每个类别一个输出 z。" },
  exponentSentence: {
    en: "e^z makes all of them positive and keeps their order.",
    zh: "e^z 使它们都为正，且不改变大小次序。",
  },
  shifted: {
    en: "Here e^(z − {shift}): the quotients are the same, and no number is too large.",
    zh: "这里用 e^(z − {shift})：比值不变，而数不会太大。",
  },
  sumSentence: { en: "Their sum is {sum}.", zh: "它们的和是 {sum}。" },
  probabilitySentence: {
    en: "Each divided by the sum is a probability. The largest is that of {name}: {p}.",
    zh: "各自除以总和就是概率。最大的是 {name}：{p}。",
  },
} satisfies Record<string, Text>;
