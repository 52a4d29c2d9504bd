/** What is said before, while and after a comparison runs. */
import type { Text } from "../../text/text.svelte.ts";

export const texts = {
  // What is about to happen
  plan: { en: "What will happen", zh: "将要进行的实验" },
  planning: { en: "Checking …", zh: "正在检查……" },
  chooseTarget: {
    en: "Choose the column to predict; then this says what will be done.",
    zh: "请先选择要预测的列，这里会说明将要做什么。",
  },
  same: {
    en: "{n} candidates are trained on the same rows with the same random numbers, so that only what is compared differs.",
    zh: "{n} 个候选在同样的数据行上、用同样的随机数训练，不同的只有所比较的东西。",
  },
  cut: {
    en: "The {rows} rows are cut into {folds} parts; each part in turn is kept for the test, and nothing is learned from it.",
    zh: "{rows} 行数据分成 {folds} 份，轮流留出一份用于测试，不从中学习任何东西。",
  },
  repeated: {
    en: "That is done {n} times, cut anew each time.",
    zh: "这样做 {n} 遍，每遍重新划分。",
  },
  asTimeAllows: {
    en: "It is done again, cut anew each time, as often as {n} seconds allow.",
    zh: "每遍重新划分，在 {n} 秒内尽可能多做几遍。",
  },
  validation: {
    en: "A fifth of the rows to learn from is kept back for validation: it stops the training when it gets no better, and chooses the learning rate.",
    zh: "训练数据再留出五分之一用于验证：不再进步时停止训练，并用来选择学习率。",
  },
  validationStops: {
    en: "A fifth of the rows to learn from is kept back for validation: it stops the training when it gets no better.",
    zh: "训练数据再留出五分之一用于验证：不再进步时停止训练。",
  },
  total: { en: "{fits} trainings in all.", zh: "共训练 {fits} 次。" },
  totalAtLeast: { en: "{fits} trainings to begin with.", zh: "先训练 {fits} 次。" },
  mostTime: {
    en: "It is stopped after {seconds} s of computing at the latest, and ends with what it has; most take far less. You may have {n} under way at once.",
    zh: "计算最多到 {seconds} 秒就会停止，以已有的结果结束；多数比较远用不了这么久。你最多可同时进行 {n} 个比较。",
  },
  start: { en: "Compare", zh: "开始比较" },
  starting: { en: "Starting …", zh: "正在开始……" },
  cannot: { en: "This cannot be compared yet:", zh: "暂时无法比较：" },
  candidates: { en: "Candidates", zh: "候选" },
  command: { en: "The same on the command line", zh: "命令行中的等价命令" },
  copy: { en: "Copy", zh: "复制" },
  copied: { en: "Copied", zh: "已复制" },

  // Under way
  ended: { en: "{data}, predicting {target}", zh: "{data}，预测 {target}" },
  underWay: { en: "Under way: {data}, predicting {target}", zh: "进行中：{data}，预测 {target}" },
  place: {
    en: "Others go first: you are number {place} in the queue. Look at the other rooms meanwhile, if you like.",
    zh: "前面还有人：你排在第 {place} 位。等待时可以去看看其他房间。",
  },
  soon: { en: "It begins in a moment.", zh: "马上开始。" },
  gaveWay: {
    en: "It has had a turn and lets others have theirs; you are number {place} in the queue. Nothing is lost.",
    zh: "已轮到过一次，现在让其他人先用；你排在第 {place} 位。已有的结果不会丢失。",
  },
  preparing: { en: "Preparing the table …", zh: "正在准备数据……" },
  fits: { en: "{done} of {total} trainings", zh: "已训练 {done}/{total} 次" },
  known: {
    en: "{n} of them were known already",
    zh: "其中 {n} 次的结果先前已有",
  },
  elapsed: { en: "{time} so far", zh: "已用 {time}" },
  left: { en: "about {time} left", zh: "约剩 {time}" },
  tooLong: {
    en: "more work than fits into the {time} that are left to it",
    zh: "剩余的工作超出所允许的 {time}",
  },
  lessThan: { en: "a moment", zh: "片刻" },
  width: { en: "widest interval ± {width}", zh: "最宽的区间 ± {width}" },
  stop: { en: "Stop", zh: "停止" },
  stopping: { en: "Stopping …", zh: "正在停止……" },
  standings: { en: "Standings after {n} of {total} splits", zh: "{n}/{total} 次划分后的排名" },
  noStandings: {
    en: "Standings come when the first split is done.",
    zh: "第一次划分完成后显示排名。",
  },
  standingsNote: {
    en: "Mean {score} so far. Only the result says which differences are more than chance.",
    zh: "目前的平均{score}。哪些差异超出偶然，要看最后的结果。",
  },
  guess: { en: "a guess: {score}", zh: "盲猜：{score}" },

  // Ended
  failed: { en: "The comparison could not be done:", zh: "比较无法完成：" },
  stopped: {
    en: "Stopped. What was done is kept, and can be continued.",
    zh: "已停止。已完成的部分会保留，可以继续。",
  },
  stoppedAtOnce: {
    en: "Stopped before anything was done.",
    zh: "尚未开始就已停止。",
  },
  incomplete: {
    en: "The time was up: this is what it has by now.",
    zh: "时间已到：以下是目前的结果。",
  },
  forgotten: {
    en: "The lab was started anew meanwhile. What was done is kept, and can be continued.",
    zh: "实验室已重新启动。已完成的部分会保留，可以继续。",
  },
  close: { en: "Close", zh: "关闭" },
} satisfies Record<string, Text>;
