/** What the room says, save what it says of one sample and of code books. */
import type { Text } from "../../text/text.svelte.ts";
import type { Arrangement } from "./arrangements.ts";
import type { Strategy } from "./fitting.ts";

export const texts = {
  intro: {
    en: "A line tells two classes apart. For more there are four ways: three put two-class answers together, the fourth has an output for each class. All are fitted to the same points below, again at every change.",
    zh: "一条直线只能分开两类。类别更多时有四种办法：前三种把若干个二分类的回答合起来，第四种为每个类别给出一个输出。下面用同样的点比较它们；每次改动后都会重新拟合。",
  },
  points: { en: "Points", zh: "数据点" },
  arrangement: { en: "Arrangement", zh: "排列" },
  classes: { en: "Classes", zh: "类别数" },
  each: { en: "Points a class", zh: "每类点数" },
  noise: { en: "Spread", zh: "分散程度" },
  again: { en: "Draw again", zh: "重新抽取" },
  ownPoints: {
    en: "{n} points, changed by hand or your own.",
    zh: "{n} 个点：已手动修改，或为自己的数据。",
  },
  back: { en: "Back to the arrangement", zh: "恢复原来的排列" },
  clear: { en: "Remove all points", zh: "清空所有点" },
  strength: { en: "C (1 / penalty)", zh: "C（惩罚的倒数）" },
  press: { en: "A press on the map", zh: "在图上点按" },
  follow: { en: "moves the sample", zh: "移动样本" },
  edit: { en: "adds or moves points", zh: "添加或移动点" },
  brush: { en: "Class of new points", zh: "新点的类别" },
  classOf: { en: "Class {name}", zh: "类别 {name}" },
  addHere: { en: "Add a point at the sample", zh: "在样本处添加点" },
  previous: { en: "Previous point", zh: "上一个点" },
  next: { en: "Next point", zh: "下一个点" },
  remove: { en: "Remove point", zh: "删除该点" },
  selected: { en: "Point {number}: {name} ({x}, {y})", zh: "第 {number} 个点：{name}（{x}，{y}）" },
  howToEdit: {
    en: "Press on an empty place to add a point, drag a point to move it; Delete removes the one selected. At most {most} points and 8 classes.",
    zh: "在空白处点按可添加点，拖动可移动点；按 Delete 删除选中的点。最多 {most} 个点、8 个类别。",
  },
  full: {
    en: "There are {most} points already, as many as fit. Remove some first.",
    zh: "已有 {most} 个点，达到上限。请先删除一些。",
  },
  tooFew: {
    en: "Points of at least two classes are needed. Choose “adds or moves points” and press on the map, or go back to the arrangement.",
    zh: "至少需要两个类别的点。请选择“添加或移动点”后在图上点按，或恢复原来的排列。",
  },
  failed: { en: "The models could not be fitted: {why}", zh: "模型未能拟合：{why}" },
  notConverged: {
    en: "Not all models converged; take a smaller C.",
    zh: "有的模型没有收敛；请减小 C。",
  },
  sideBySide: { en: "Four strategies", zh: "四种策略" },
  large: { en: "Show large", zh: "放大查看" },
  accuracy: { en: "right: {right} of {n} ({share})", zh: "判对 {right} / {n}（{share}）" },
  mapLabel: {
    en: "{strategy}: regions of the classes {names} with the points and the lines.",
    zh: "{strategy}：类别 {names} 的区域、数据点和各条直线。",
  },
  sample: { en: "Sample", zh: "样本" },
  sampleIs: { en: "Sample: {name}", zh: "样本：{name}" },
  pointHandle: { en: "Point of class {name}", zh: "类别 {name} 的点" },
  way: { en: "Decide by", zh: "判定方式" },
  vote: { en: "voting", zh: "投票" },
  elimination: { en: "elimination", zh: "淘汰" },
  decoding: { en: "Nearest word by", zh: "最近码字按" },
  hamming: { en: "bits that differ", zh: "不同的位" },
  euclidean: { en: "distance of the z", zh: "z 的距离" },
  hammingHint: { en: "Hamming distance", zh: "汉明距离" },
  euclideanHint: {
    en: "Euclidean distance, the library's default",
    zh: "欧氏距离，本库的默认值",
  },
  colon: { en: ": ", zh: "：" },
  noBook: {
    en: "The code book cannot decide: see below why.",
    zh: "这个码本无法作出判断，原因见下方。",
  },
  compareTitle: { en: "Where they disagree", zh: "哪里判断不一致" },
  disagree: {
    en: "Number of different classes that the {count} strategies name at a place.",
    zh: "{count} 种策略在同一处给出的不同类别的个数。",
  },
  disagreePoints: {
    en: "They disagree on {count} of {n} points, and on {share} of the plane shown.",
    zh: "它们对 {n} 个点中的 {count} 个判断不一致，占所示平面的 {share}。",
  },
  allAgree: { en: "all agree", zh: "一致" },
  answersOf: { en: "{count} different", zh: "{count} 种不同" },
  strategy: { en: "Strategy", zh: "策略" },
  classifiers: { en: "Classifiers", zh: "分类器数" },
  rows: { en: "Rows fitted", zh: "拟合行数" },
  right: { en: "Right", zh: "正确率" },
  unclear: { en: "Ambiguous points", zh: "不明确的点" },
  unclearPlane: { en: "Ambiguous plane", zh: "不明确的区域" },
  onTheseRows: {
    en: "Right: on the points that were fitted, not on new ones.",
    zh: "正确率是对参与拟合的点而言，不是对新数据。",
  },
  oneModel: { en: "1, with {n} outputs", zh: "1 个，{n} 个输出" },
  multilabelTitle: { en: "Many labels: another task", zh: "多标签：另一种任务" },
  multilabel: {
    en: "Here every point has exactly one class, so something must choose among several answers. A picture can be sky and trees and water at once: then each label has a yes or no of its own, nothing has to be chosen, and “all say rest” or “several say yes” are good answers. That task is multi-label; OneVsRestClassifier takes it if it is given a column of 0 and 1 for each label.",
    zh: "这里每个点恰好属于一个类别，所以要在几个回答中选出一个。一张图片却可以同时有天空、树木和水：这时每个标签各自回答有或没有，不必选择，“都说其余”或“几个都说是”都是正当的回答。这种任务叫多标签；给 OneVsRestClassifier 每个标签一列 0 和 1，它就能处理。",
  },
} satisfies Record<string, Text>;

/** In place of the count of the code words of two classes. */
export const oneBit: Text = {
  en: "words of 1 bit: 1 classifier",
  zh: "码长 1：1 个分类器",
};

export const strategies: Record<Strategy, { title: Text; about: Text; count: Text }> = {
  pairs: {
    title: { en: "One-vs-one", zh: "一对一" },
    about: {
      en: "Each class against each other, on the rows of these two only.",
      zh: "类别两两相对，只用这两类的点学习。",
    },
    count: {
      en: "N (N − 1) / 2 = {n} · {less} / 2 = {count} classifiers",
      zh: "N (N − 1) / 2 = {n} · {less} / 2 = {count} 个分类器",
    },
  },
  rest: {
    title: { en: "One-vs-rest", zh: "一对其余" },
    about: {
      en: "Each class against all the others together.",
      zh: "每个类别对其他所有类别。",
    },
    count: { en: "N = {count} classifiers", zh: "N = {count} 个分类器" },
  },
  codes: {
    title: { en: "Code words", zh: "码字（多对多）" },
    about: {
      en: "Some classes against others; the answers spell a word, and the nearest word wins.",
      zh: "若干类对若干类；各个回答拼成一个码字，最近的码字胜出。",
    },
    count: {
      en: "words of {count} bits: {count} classifiers",
      zh: "码长 {count}：{count} 个分类器",
    },
  },
  softmax: {
    title: { en: "Softmax", zh: "softmax" },
    about: {
      en: "One model with an output for each class, learned together.",
      zh: "一个模型，每个类别一个输出，一起学习。",
    },
    count: { en: "1 model, {count} outputs", zh: "1 个模型，{count} 个输出" },
  },
};

/** Of two classes one-vs-rest and softmax need one model. */
export const twoClasses: Text = {
  en: "1 classifier: two classes need no more",
  zh: "1 个分类器：两类只需一个",
};

/** What the patterns on the map of a strategy mean. */
export const ambiguities: Record<"vote" | "elimination" | "none" | "several" | "codes", Text> = {
  vote: {
    en: "votes tie; the sum of confidences decides",
    zh: "票数并列，由置信度之和决定",
  },
  elimination: {
    en: "no class beats all others; the order decides",
    zh: "没有一类胜过其他所有类，结果取决于顺序",
  },
  none: { en: "all say rest", zh: "都说“其余”" },
  several: { en: "several say yes", zh: "几个都说“是”" },
  codes: {
    en: "several words are equally near",
    zh: "几个码字同样近",
  },
};

export const arrangements: Record<Arrangement, Text> = {
  corners: { en: "Corners", zh: "四角" },
  ring: { en: "Ring", zh: "一圈" },
  row: { en: "In a row", zh: "一排" },
  centre: { en: "A in the middle", zh: "A 居中" },
  circles: { en: "Circles", zh: "同心圆" },
  spirals: { en: "Spirals", zh: "螺旋" },
};
