/** What the room says of code books, and of a table of one's own. */
import type { Text } from "../../text/text.svelte.ts";

export const codeTexts = {
  title: { en: "Code book", zh: "码本" },
  about: {
    en: "A row is the word of a class, a column is a two-class problem. Press a bit to change it: +1, −1, 0 (the class is left out of the problem).",
    zh: "一行是一个类别的码字，一列是一个二分类问题。点按某一位可在 +1、−1、0（该类别不参与）之间切换。",
  },
  preset: { en: "Start from", zh: "预设" },
  shortest: { en: "shortest words (the lecture’s)", zh: "最短码字（讲座所用）" },
  one_vs_rest: { en: "one-vs-rest as a code", zh: "一对其余写成码本" },
  one_vs_one: { en: "one-vs-one as a code", zh: "一对一写成码本" },
  random: { en: "random, 1.5 N bits", zh: "随机，1.5 N 位" },
  random_long: { en: "random, 3 N bits", zh: "随机，3 N 位" },
  optimised: { en: "optimised, 1.5 N bits", zh: "优化，1.5 N 位" },
  bch: { en: "BCH code", zh: "BCH 码" },
  exhaustive: { en: "exhaustive: all columns", zh: "穷举：所有的列" },
  own: { en: "changed by hand", zh: "手动修改" },
  draw: { en: "Draw again (random_state={draw})", zh: "重新抽取（random_state={draw}）" },
  addColumn: { en: "Add a column", zh: "添加一列" },
  removeColumn: { en: "Remove column {number}", zh: "删除第 {number} 列" },
  bit: { en: "Class {name}, column {number}: {bit}", zh: "类别 {name}，第 {number} 列：{bit}" },
  tooLong: {
    en: "For {n} classes this code has more than {most} columns, more than fit here. Take “optimised” or “BCH code”.",
    zh: "{n} 个类别的这种码本超过 {most} 列，这里放不下。请改用“优化”或“BCH 码”。",
  },
  rowDistance: { en: "Least distance of two words", zh: "两个码字的最小距离" },
  meanDistance: { en: "Mean distance", zh: "平均距离" },
  corrects: { en: "Wrong answers corrected", zh: "可纠正的错误回答数" },
  correctsNone: {
    en: "It corrects none: one wrong answer can make another class win, or tie. A least distance of 3 corrects one, of 5 two.",
    zh: "一个也不能纠正：一个错误的回答就可能让另一类胜出或并列。最小距离为 3 可纠正一个，为 5 可纠正两个。",
  },
  correctsNoneZeros: {
    en: "It corrects none. A class that is left out counts a half in the distance, but an answer to a problem without it cannot be relied on.",
    zh: "一个也不能纠正。不参与的类别在距离中按半位计，但它没有参与的问题给出的回答靠不住。",
  },
  correctsSome: {
    en: "Any {count} of the {length} answers may be wrong, and the nearest word is still the right one.",
    zh: "{length} 个回答中任意错 {count} 个，最近的码字仍然正确。",
  },
  nearestPairs: { en: "Nearest: {pairs}.", zh: "最近的类别：{pairs}。" },
  repeated: {
    en: "Column {column} is the same as column {other}, or its opposite: it asks nothing new and errs together with it.",
    zh: "第 {column} 列与第 {other} 列相同或相反：没有提出新问题，还会一同出错。",
  },
  constant: {
    en: "Column {column} is {bit} for every class, so it decides nothing. Put some classes on the other side, or remove it.",
    zh: "第 {column} 列对所有类别都是 {bit}，不能作出任何判断。请把一些类别放到另一侧，或删去这一列。",
  },
  oneSided: {
    en: "Column {column} has no class on its {bit} side. Give at least one class {bit} there.",
    zh: "第 {column} 列没有取 {bit} 的类别。请至少给一个类别 {bit}。",
  },
  absent: {
    en: "Class {name} takes part in no problem: its row is all 0. Give it +1 or −1 somewhere.",
    zh: "类别 {name} 不参与任何问题：它的一行全是 0。请在某处给它 +1 或 −1。",
  },
  equal: {
    en: "{name} and {other} have the same word, so nothing tells them apart. Let them differ in at least one column; {n} classes need at least {least}.",
    zh: "{name} 与 {other} 的码字相同，无法区分。请让它们至少在一列上不同；{n} 个类别至少需要 {least} 列。",
  },
  distances: { en: "Distances of all words", zh: "所有码字之间的距离" },
} satisfies Record<string, Text>;

export const tableTexts = {
  title: { en: "Your own table", zh: "自己的数据表" },
  save: { en: "Save these points as CSV", zh: "把这些点存为 CSV" },
  choose: { en: "A CSV file with a column of classes", zh: "含有类别列的 CSV 文件" },
  across: { en: "Across (x1)", zh: "横轴（x1）" },
  up: { en: "Up (x2)", zh: "纵轴（x2）" },
  classes: { en: "Classes", zh: "类别" },
  noNumbers: {
    en: "At least two columns of numbers and one of classes are needed; this table has {numbers} and {others}. Choose another.",
    zh: "至少需要两列数字和一列类别；这个表有 {numbers} 列数字、{others} 列可作类别。请换一个文件。",
  },
  taken: {
    en: "{taken} of {rows} rows are shown, of {classes} classes.",
    zh: "共 {rows} 行，显示其中 {taken} 行，{classes} 个类别。",
  },
  missing: {
    en: "Rows without a value in one of the three columns were left out: {count}.",
    zh: "三列之一缺值而略去的行数：{count}。",
  },
  rare: {
    en: "Only the 8 most frequent classes are kept; left out: {names}.",
    zh: "只保留最常见的 8 个类别；略去：{names}。",
  },
  thinned: {
    en: "At most {most} points fit: every so many rows one is taken.",
    zh: "最多 {most} 个点：按相等的间隔取行。",
  },
  single: {
    en: "The column “{column}” has a single class. Choose another.",
    zh: "“{column}”列只有一个类别。请换一列。",
  },
} satisfies Record<string, Text>;
