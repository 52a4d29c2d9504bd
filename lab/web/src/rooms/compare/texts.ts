/** What is said where a comparison is set up. */
import type { Text } from "../../text/text.svelte.ts";

export const texts = {
  about: {
    en: "Which activation function, or which depth, width or model, predicts best on your table? A fair experiment finds out, and says how sure it is.",
    zh: "哪个激活函数（或哪种深度、宽度、模型）在你的数据上预测得最好？用一个公平的实验来回答，并说明有多大把握。",
  },
  views: { en: "Parts of this room", zh: "本房间的各部分" },
  setup: { en: "1 · Set up", zh: "1 · 设置" },
  result: { en: "2 · Result", zh: "2 · 结果" },
  history: { en: "3 · History", zh: "3 · 历史" },
  waitingForServer: {
    en: "This needs the server, which does not answer. What you have chosen is kept.",
    zh: "这一步需要服务器，而服务器没有应答。你的选择都会保留。",
  },
  tryAgain: { en: "Try again", zh: "重试" },

  // Data
  data: { en: "Data", zh: "数据" },
  set: { en: "Table", zh: "数据表" },
  bundledGroup: { en: "That come along", zh: "自带的数据" },
  ownGroup: { en: "Your tables", zh: "你的表格" },
  choose: { en: "Choose a file or drop it here", zh: "选择文件，或拖放到这里" },
  limits: {
    en: "{kinds}; up to {megabytes} MB, {rows} rows and {columns} columns. It stays in the memory of the lab, for you alone, and nowhere else.",
    zh: "{kinds}；最多 {megabytes} MB、{rows} 行、{columns} 列。只保存在实验室的内存中，仅供你自己使用。",
  },
  tooLarge: {
    en: "{name} is {size} MB; at most {most} MB can be sent. Take fewer rows or columns.",
    zh: "{name} 有 {size} MB，最多能发送 {most} MB。请减少行或列。",
  },
  sending: { en: "Sending {name}: {share}", zh: "正在发送 {name}：{share}" },
  reading: { en: "Reading {name} …", zh: "正在读取 {name}……" },
  loading: { en: "Loading …", zh: "正在加载……" },
  size: {
    en: "{rows} rows, {columns} columns, {missing}.",
    zh: "{rows} 行，{columns} 列，{missing}。",
  },
  noneMissing: { en: "no value missing", zh: "没有缺失值" },
  someMissing: { en: "{n} values missing", zh: "缺失 {n} 个值" },
  oneMissing: { en: "1 value missing", zh: "缺失 1 个值" },
  target: { en: "What to predict (target)", zh: "要预测的列（目标）" },
  noTarget: { en: "– choose a column –", zh: "——选择一列——" },
  task: { en: "Task", zh: "任务" },
  taskAuto: { en: "as the target says", zh: "由目标决定" },
  classification: { en: "classes", zh: "分类" },
  regression: { en: "numbers", zh: "回归" },
  columns: { en: "Columns", zh: "各列" },
  use: { en: "Use", zh: "使用" },
  useColumn: { en: "Use {name} to predict", zh: "用 {name} 预测" },
  column: { en: "Column", zh: "列" },
  kind: { en: "Kind", zh: "种类" },
  missing: { en: "Missing", zh: "缺失" },
  values: { en: "Values", zh: "取值" },
  isTarget: { en: "target", zh: "目标" },
  classesOf: { en: "{n} classes", zh: "{n} 个类别" },
  preview: { en: "The first rows", zh: "前几行" },
  restored: {
    en: "The lab had forgotten {name}; it was sent again.",
    zh: "实验室已清除 {name}，现已重新发送。",
  },

  // What is compared
  compared: { en: "What is compared", zh: "比较什么" },
  vary: { en: "Vary", zh: "改变" },
  varyHint: {
    en: "Several are crossed: each value of one with each of the others.",
    zh: "选择多个时相互交叉：每个取值与其他的每个取值组合。",
  },
  usualTwelve: { en: "the usual {n}", zh: "常用的 {n} 个" },
  all: { en: "all {n}", zh: "全部 {n} 个" },
  clear: { en: "none", zh: "清空" },
  more: { en: "more functions", zh: "更多函数" },
  addFormula: { en: "Add a formula in z", zh: "添加以 z 表示的公式" },
  formulaHint: { en: "such as z * sigmoid(z)", zh: "例如 z * sigmoid(z)" },
  addValue: { en: "Add a value", zh: "添加取值" },
  add: { en: "Add", zh: "添加" },
  remove: { en: "Remove {name}", zh: "移除 {name}" },
  oneActivation: { en: "Activation of the networks", zh: "网络的激活函数" },
  chooseValue: {
    en: "Choose at least one value of what is compared: {name}.",
    zh: "请为所比较的{name}至少选择一个取值。",
  },
  valuesOf: { en: "Values of {name}", zh: "{name}的取值" },

  // How
  how: { en: "How", zh: "怎样比较" },
  folds: { en: "Folds", zh: "折数" },
  repeats: { en: "Repeats", zh: "重复次数" },
  foldsHint: {
    en: "The rows are cut into so many parts; each is tested once on what was learned from the others.",
    zh: "把数据行分成若干份；每一份都用其余各份训练出的网络来测试一次。",
  },
  repeatsHint: {
    en: "So often it is done again with other parts: more repeats, narrower intervals.",
    zh: "换一种分法再做一遍的次数：重复越多，区间越窄。",
  },
  scoring: { en: "Score", zh: "评分指标" },
  scoringUsual: { en: "{name} (usual)", zh: "{name}（默认）" },
  lower: { en: "{name}, lower is better", zh: "{name}，越低越好" },
  layers: { en: "Hidden layers", zh: "隐藏层" },
  layersHint: {
    en: "Units of each hidden layer, such as 64, 32",
    zh: "每个隐藏层的单元数，例如 64, 32",
  },
  rates: { en: "Learning rates to try", zh: "要尝试的学习率" },
  ratesHint: {
    en: "The validation rows choose one of them for each candidate and split.",
    zh: "对每个候选和每次划分，由验证数据从中选一个。",
  },
  epochs: { en: "Epochs at most", zh: "最多训练轮数" },
  budget: { en: "Time", zh: "时间" },
  budgetNone: { en: "the repeats above", zh: "按上面的重复次数" },
  budgetSeconds: { en: "repeat for {n} s", zh: "重复 {n} 秒" },
  seed: { en: "Seed", zh: "随机种子" },
  seedHint: {
    en: "The same seed gives the same result, here and on the command line.",
    zh: "相同的种子得到相同的结果，在这里和命令行中都一样。",
  },
  moreSettings: { en: "More settings", zh: "更多设置" },
} satisfies Record<string, Text>;

/** What the tables are about that come along. */
export const bundled: Record<string, Text> = {
  breast_cancer: { en: "breast cancer: benign or malignant", zh: "乳腺肿瘤：良性或恶性" },
  diabetes: { en: "diabetes: progress of the illness", zh: "糖尿病：病情进展" },
  digits: { en: "digits: handwritten, 8 × 8 pixels", zh: "手写数字：8 × 8 像素" },
  house: { en: "house: prices", zh: "房价" },
  house_collinear: { en: "house prices, columns nearly dependent", zh: "房价：各列几乎相关" },
  house_heteroscedastic: {
    en: "house prices, errors of unequal spread",
    zh: "房价：误差方差不等",
  },
  iris: { en: "iris: three species of flowers", zh: "鸢尾花：三个品种" },
  pictures: { en: "pictures: what fills most of each", zh: "图片：每幅中占比最大的内容" },
  wine: { en: "wine: three cultivars", zh: "葡萄酒：三个品种" },
};

export const kinds: Record<string, Text> = {
  number: { en: "number", zh: "数值" },
  date: { en: "date", zh: "日期" },
  category: { en: "category", zh: "类别" },
};

export const useless: Record<string, Text> = {
  empty: { en: "no value at all", zh: "没有任何值" },
  constant: { en: "the same in every row", zh: "每行都相同" },
  identifier: { en: "different in every row", zh: "每行都不同" },
  counter: { en: "only counts the rows", zh: "仅为行号" },
};
