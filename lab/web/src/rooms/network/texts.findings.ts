/** What this room says about findings, and about one row on its way through the network. */
import type { Text } from "../../text/text.svelte.ts";

export const findingTexts = {
  title: { en: "Findings", zh: "诊断" },
  none: { en: "Nothing to object to so far.", zh: "目前没有发现问题。" },
  noNetwork: {
    en: "There is no network yet: it needs data to learn from.",
    zh: "还没有网络：需要先有可供学习的数据。",
  },
  issue: { en: "problem", zh: "问题" },
  tip: { en: "note", zh: "提示" },
  notFinite: {
    en: "A number became infinite or undefined, and training ended. The learning rate is too large for this network: try a tenth of it.",
    zh: "出现了无穷大或未定义的数，训练已停止。学习率对这个网络来说太大：请改为十分之一。",
  },
  dead: {
    en: "{n} of the {total} units of hidden layer {layer} ({share}) are dead: no gradient passes through them on any row to learn from.",
    zh: "隐藏层 {layer} 的 {total} 个单元中有 {n} 个（{share}）已死亡：在任何一行训练数据上都没有梯度通过。",
  },
  saturated: {
    en: "{n} of the {total} units of hidden layer {layer} ({share}) are saturated: their slope is below 5 % of the greatest on (nearly) all rows.",
    zh: "隐藏层 {layer} 的 {total} 个单元中有 {n} 个（{share}）饱和：在（几乎）所有行上斜率不到最大值的 5 %。",
  },
  vanishing: {
    en: "The gradient vanishes: hidden layer {layer} receives {ratio} times the error at the output, so it hardly learns.",
    zh: "梯度消失：隐藏层 {layer} 得到的误差只有输出层的 {ratio} 倍，几乎学不到东西。",
  },
  noGradient: {
    en: "No gradient at all reaches hidden layer {layer}: nothing is learnt there.",
    zh: "隐藏层 {layer} 完全得不到梯度：那里什么也学不到。",
  },
  exploding: {
    en: "The gradient explodes: hidden layer {layer} receives {ratio} times the error at the output.",
    zh: "梯度爆炸：隐藏层 {layer} 得到的误差是输出层的 {ratio} 倍。",
  },
  straight: {
    en: "All activations are straight lines: whatever its {count} hidden layers, the network is a linear model.",
    zh: "所有激活函数都是直线：无论有 {count} 个隐藏层，整个网络仍是线性模型。",
  },
  rising: {
    en: "The loss rose again, from {least} to {loss}: the steps are too large. Try a smaller learning rate.",
    zh: "损失又升高了，从 {least} 到 {loss}：步子太大。请减小学习率。",
  },
  jumping: {
    en: "The loss jumps from epoch to epoch, by {rise} of the best constant answer's: the steps are too large. Try a smaller learning rate.",
    zh: "损失逐轮跳动，幅度为最佳常数回答损失的 {rise}：步子太大。请减小学习率。",
  },
  notLearning: {
    en: "It does not learn: after {epoch} epochs the loss is {loss}, and {baseline} is what the best constant answer has.",
    zh: "没有学到东西：{epoch} 轮之后损失为 {loss}，而最佳常数回答的损失是 {baseline}。",
  },
  overfitting: {
    en: "It overfits: the validation loss rose from {best} to {now}. Stop earlier (rewind), take more rows, a smaller network, or a larger penalty.",
    zh: "过拟合：验证损失从 {best} 升到 {now}。请提早停止（回退）、增加数据、缩小网络或加大惩罚。",
  },
  full: { en: "Full diagnosis", zh: "完整诊断" },
  fullAbout: {
    en: "The server measures this network as ogive.diagnose does, and names causes and remedies.",
    zh: "由服务器像 ogive.diagnose 一样测量这个网络，并给出原因和对策。",
  },
  fullOffline: {
    en: "The full diagnosis needs the server, which does not answer. What stands above is found in this page.",
    zh: "完整诊断需要服务器，而服务器没有应答。以上内容由本页得出。",
  },
  working: { en: "Measuring …", zh: "正在测量……" },
  atEpoch: { en: "Diagnosis at epoch {epoch}", zh: "第 {epoch} 轮时的诊断" },
  clean: { en: "The diagnosis found nothing wrong.", zh: "诊断没有发现问题。" },
  cause: { en: "Cause", zh: "原因" },
  remedy: { en: "Remedy", zh: "对策" },
  others: { en: "What else helps", zh: "其他办法" },
  checked: { en: "Checked, nothing found", zh: "检查过，没有问题" },
} satisfies Record<string, Text>;

export const sampleTexts = {
  title: { en: "One row, forwards and backwards", zh: "一行数据的前向与反向传播" },
  about: {
    en: "Choose a row by its number, or press on a point of the map.",
    zh: "按编号选择一行，或点击图上的点。",
  },
  everyUnit: { en: "z, a, f′(z) and dL/dz of every unit", zh: "每个单元的 z、a、f′(z) 和 dL/dz" },
  row: { en: "Row", zh: "行" },
  previous: { en: "Previous row", zh: "上一行" },
  next: { en: "Next row", zh: "下一行" },
  training: { en: "learnt from", zh: "训练用" },
  validation: { en: "for validation", zh: "验证用" },
  labelIs: { en: "label {label}", zh: "标签 {label}" },
  targetIs: { en: "target {target}", zh: "目标 {target}" },
  lossIs: { en: "loss {loss}", zh: "损失 {loss}" },
  unit: { en: "unit", zh: "单元" },
  layer: { en: "Layer", zh: "层" },
  forwards: { en: "Forwards", zh: "前向" },
  backwards: { en: "Backwards", zh: "反向" },
  gradient: { en: "Gradient of each weight", zh: "各权重的梯度" },
  from: { en: "from", zh: "来自" },
  weight: { en: "weight w", zh: "权重 w" },
  input: { en: "a before", zh: "前一层 a" },
  product: { en: "w · a", zh: "w · a" },
  change: { en: "dL/dw", zh: "dL/dw" },
  intercept: { en: "intercept b", zh: "截距 b" },
  pauseFirst: {
    en: "Pause training to see the numbers put into the formulas.",
    zh: "暂停训练后，可看到代入数字的公式。",
  },
  noPenalty: {
    en: "Of this row's loss alone: a mini-batch takes the mean over its rows and adds the penalty.",
    zh: "仅为这一行的损失：小批量取各行的平均，再加上惩罚。",
  },
} satisfies Record<string, Text>;
