/** What this room says. */
export const texts = {
  intro: {
    en: "A line cuts the plane in two: z = w1 x1 + w2 x2 + b is positive on one side, negative on the other. The logistic function makes a probability a of z, and the loss says how wrong a is. Drag the samples, or the two handles on the line.",
    zh: "一条直线把平面分成两半：z = w1 x1 + w2 x2 + b 在一侧为正，在另一侧为负。logistic 函数把 z 变成概率 a，损失说明 a 错了多少。可以拖动样本，也可以拖动直线上的两个手柄。",
  },

  geometric: { en: "Geometric view", zh: "几何视角" },
  algebraic: { en: "Algebraic view", zh: "代数视角" },
  plane: {
    en: "The plane of x1 and x2 with {n} samples and the line z = 0, shaded by a. {side}",
    zh: "x1、x2 平面，有 {n} 个样本和直线 z = 0，底色按 a 着色。{side}",
  },
  sampleHandle: {
    en: "Sample {name}, label {label}, at x1 = {x1}, x2 = {x2}",
    zh: "样本 {name}，标签 {label}，位于 x1 = {x1}，x2 = {x2}",
  },
  lineHandle: {
    en: "Handle {n} of the line, at x1 = {x1}, x2 = {x2}",
    zh: "直线的手柄 {n}，位于 x1 = {x1}，x2 = {x2}",
  },
  press: { en: "A press on the plane", zh: "点按平面" },
  pressChoose: { en: "chooses the nearest sample", zh: "选中最近的样本" },
  pressOne: { en: "adds label 1", zh: "添加标签 1" },
  pressZero: { en: "adds label 0", zh: "添加标签 0" },
  addAtCentre: { en: "Add one in the middle", zh: "在中央添加一个" },
  positiveSide: { en: "z > 0", zh: "z > 0" },
  negativeSide: { en: "z < 0", zh: "z < 0" },
  legend: {
    en: "Squares have label 1, circles label 0; a ring and a cross mark those on the wrong side. The deeper the colour, the nearer a is to 1 or 0.",
    zh: "方块的标签是 1，圆的标签是 0；判错的带圆圈和叉。颜色越深，a 越接近 1 或 0。",
  },

  above: {
    en: "{line}: positives (1) above the line, negatives (0) below.",
    zh: "{line}：正类（1）在直线上方，负类（0）在下方。",
  },
  below: {
    en: "{line}: positives (1) below the line, negatives (0) above.",
    zh: "{line}：正类（1）在直线下方，负类（0）在上方。",
  },
  right: {
    en: "{line}: positives (1) right of the vertical line, negatives (0) left.",
    zh: "{line}：正类（1）在竖线右侧，负类（0）在左侧。",
  },
  left: {
    en: "{line}: positives (1) left of the vertical line, negatives (0) right.",
    zh: "{line}：正类（1）在竖线左侧，负类（0）在右侧。",
  },
  everywhere: {
    en: "No line: w1 and w2 are 0, and z = b is positive everywhere.",
    zh: "没有直线：w1 和 w2 都是 0，z = b 处处为正。",
  },
  nowhere: {
    en: "No line: w1 and w2 are 0, and z = b is positive nowhere.",
    zh: "没有直线：w1 和 w2 都是 0，z = b 处处不为正。",
  },
  upDown: {
    en: "{name} is {distance} {where} the line; z is w2 times that, upwards counting as positive.",
    zh: "{name} 在直线{where} {distance}；z 就是它乘以 w2（向上为正）。",
  },
  leftRight: {
    en: "{name} is {distance} {where} the line; z is w1 times that, rightwards counting as positive.",
    zh: "{name} 在直线{where} {distance}；z 就是它乘以 w1（向右为正）。",
  },
  whereAbove: { en: "above", zh: "上方" },
  whereBelow: { en: "below", zh: "下方" },
  whereRight: { en: "right of", zh: "右侧" },
  whereLeft: { en: "left of", zh: "左侧" },

  curve: {
    en: "The logistic curve a over z, each sample on it at its z; a bar from each to its label shows how wrong it is.",
    zh: "logistic 曲线（a 随 z 变化），每个样本按自己的 z 落在曲线上；竖条从样本连到它的标签，表示错了多少。",
  },
  losses: {
    en: "The loss of label 1, −ln a, and of label 0, −ln(1 − a), with each sample on its curve.",
    zh: "标签 1 的损失 −ln a 和标签 0 的损失 −ln(1 − a)，每个样本落在自己的曲线上。",
  },
  lossAxis: { en: "Loss over", zh: "损失的横轴" },
  sides: {
    en: "Positives with a > 0.5: {p} of {np}. Negatives with a < 0.5: {n} of {nn}.",
    zh: "a > 0.5 的正类：{np} 个中有 {p} 个；a < 0.5 的负类：{nn} 个中有 {n} 个。",
  },
  onLine: {
    en: " On the line, with a = 0.5, which counts as label 0: {names}.",
    zh: "恰在直线上、a = 0.5（按标签 0 判）：{names}。",
  },

  line: { en: "Line", zh: "直线" },
  presets: { en: "The lecture's lines", zh: "讲座中的直线" },
  flip: { en: "Swap the sides", zh: "交换两侧" },
  steeper: { en: "All × 2", zh: "全部 × 2" },
  flatter: { en: "All ÷ 2", zh: "全部 ÷ 2" },
  scaleHint: {
    en: "The same line, but a changes faster or slower across it.",
    zh: "直线不变，但 a 跨过它时变化得更快或更慢。",
  },

  data: { en: "Samples", zh: "样本" },
  dataSet: { en: "Data", zh: "数据" },
  lecture: { en: "The lecture's A, B, C", zh: "讲座中的 A、B、C" },
  own: { en: "Own points", zh: "自己的点" },
  count: { en: "Samples", zh: "样本数" },
  noise: { en: "Noise", zh: "噪声" },
  seed: { en: "Random seed", zh: "随机种子" },

  table: { en: "Sample by sample", zh: "逐个样本" },
  tableCaption: { en: "z, a and the loss of every sample", zh: "每个样本的 z、a 和损失" },
  name: { en: "sample", zh: "样本" },
  label: { en: "label y", zh: "标签 y" },
  loss: { en: "loss", zh: "损失" },
  verdict: { en: "verdict", zh: "判断" },
  rightWord: { en: "right", zh: "正确" },
  wrongWord: { en: "wrong", zh: "错误" },
  total: {
    en: "Total loss {total}, mean loss {mean}; {right} of {n} samples right.",
    zh: "总损失 {total}，平均损失 {mean}；{n} 个样本中 {right} 个正确。",
  },
  more: { en: "Show all {n}", zh: "显示全部 {n} 个" },
  fewer: { en: "Show fewer", zh: "少显示一些" },
  selected: { en: "Chosen sample: {name}", zh: "选中的样本：{name}" },
  toOther: { en: "Change its label to {label}", zh: "把标签改为 {label}" },
  remove: { en: "Remove it", zh: "删除" },
  full: { en: "No more than {n} samples fit in.", zh: "最多 {n} 个样本，已经放满。" },
  coordinate: { en: "{axis} of {name}", zh: "{name} 的 {axis}" },

  training: { en: "Training: gradient descent from this line", zh: "训练：从这条直线开始梯度下降" },
  trainingAbout: {
    en: "Each update moves the weights against the gradient g of the loss: w ← w − η g. With one sample at a time, the samples take turns in their order; with several, g is the mean over them.",
    zh: "每次更新都让权重逆着损失的梯度 g 走一步：w ← w − η g。每次一个样本时，各样本按顺序轮流；每次多个时，g 是它们的平均。",
  },
  rate: { en: "Learning rate η", zh: "学习率 η" },
  batch: { en: "Each update uses", zh: "每次更新使用" },
  one: { en: "one sample", zh: "一个样本" },
  mini: { en: "a mini-batch", zh: "一个小批量" },
  all: { en: "all samples", zh: "全部样本" },
  batchSize: { en: "Samples in a mini-batch", zh: "小批量的样本数" },
  course: { en: "Course of the training", zh: "训练过程" },
  step: { en: "Step shown", zh: "显示的步" },
  computing: {
    en: "Computing: {n} of {wanted} steps …",
    zh: "正在计算：第 {n} 步，共 {wanted} 步……",
  },
  broken: {
    en: "After step {n} the numbers are no longer finite. Take a smaller learning rate.",
    zh: "第 {n} 步之后数值不再有限。请减小学习率。",
  },
  lossPlot: {
    en: "Mean loss over all samples after each step; the mark is at step {n}.",
    zh: "每一步之后全部样本的平均损失；标记在第 {n} 步。",
  },
  lossPlotAxis: { en: "mean loss", zh: "平均损失" },
  after: { en: "After {n} steps", zh: "{n} 步之后" },
  atStart: { en: "Before training", zh: "训练之前" },
  weightsBecome: {
    en: "The weights as a line, to judge by eye:",
    zh: "把权重换成直线，用眼睛判断：",
  },

  update: { en: "Update {n}, written out", zh: "第 {n} 次更新的计算过程" },
  updateOne: {
    en: "It uses sample {name}: x1 = {x1}, x2 = {x2}, label {label}.",
    zh: "使用样本 {name}：x1 = {x1}，x2 = {x2}，标签 {label}。",
  },
  updateMany: {
    en: "It uses {n} samples ({names}). Here is {name}, label {label}, in full; choose another to see it.",
    zh: "使用 {n} 个样本（{names}）。下面完整写出 {name}（标签 {label}）；选中其他样本即可查看它。",
  },
  forwardPass: { en: "Forward", zh: "前向" },
  backwardPass: { en: "Backward: the chain rule", zh: "反向：链式法则" },
  meanGradient: { en: "Mean over the batch", zh: "在小批量上取平均" },
  newWeights: { en: "New weights", zh: "新的权重" },
  saturated: {
    en: "a is so near to 0 or 1 that a(1 − a) is 0 in 64-bit numbers; a − y still has all its digits, and is what training uses.",
    zh: "a 太接近 0 或 1，a(1 − a) 在 64 位数中已是 0；而 a − y 仍然精确，训练用的就是它。",
  },
  lastStep: { en: "This is the last step that is kept.", zh: "这是保留的最后一步。" },

  fit: { en: "The best line", zh: "最好的直线" },
  fitShow: {
    en: "Show the optimum of LogisticRegression, dashed in the plane",
    zh: "显示 LogisticRegression 的最优解（平面中的虚线）",
  },
  fitAbout: {
    en: "It minimises the sum of losses plus (w1² + w2²) / (2 C): no step size, no waiting. The smaller C, the flatter a.",
    zh: "它使损失之和加 (w1² + w2²) / (2 C) 最小：没有步长，也不用等待。C 越小，a 变化越平缓。",
  },
  usePenalty: { en: "With penalty", zh: "带惩罚项" },
  strength: { en: "C", zh: "C" },
  fitTake: { en: "Take this line", zh: "采用这条直线" },
  fitLoss: {
    en: "Mean loss with the penalty {loss}, after {steps} iterations.",
    zh: "含惩罚项的平均损失 {loss}，迭代 {steps} 次。",
  },
  fitLossFree: {
    en: "Mean loss {loss}, after {steps} iterations.",
    zh: "平均损失 {loss}，迭代 {steps} 次。",
  },
  notConverged: {
    en: "The solver had not converged after {steps} iterations.",
    zh: "求解器迭代 {steps} 次后仍未收敛。",
  },
  complete: {
    en: "A line separates the classes completely.",
    zh: "一条直线可以把两类完全分开。",
  },
  quasi: {
    en: "A line separates the classes, but for samples on the line itself.",
    zh: "除了恰在直线上的样本，一条直线可以把两类分开。",
  },
  overlap: {
    en: "No line separates the classes: there is a best line, with or without penalty.",
    zh: "没有直线能把两类分开：无论有没有惩罚项，都有最好的直线。",
  },
  single: {
    en: "All samples have the same label: there is nothing to separate. Change a label or add a sample.",
    zh: "所有样本的标签都相同，没有什么可分。请改变一个标签或添加一个样本。",
  },
  infinite: {
    en: "Without penalty the optimum is at infinity: multiply the weights of such a line by 2, and the loss becomes smaller still. The numbers here are only where the solver stopped, its gradient being almost 0.",
    zh: "不加惩罚项时最优解在无穷远处：把这样一条直线的权重乘以 2，损失还会更小。这里的数字只是求解器在梯度几乎为 0 时停下的位置。",
  },
  penaltyHolds: {
    en: "Without penalty the weights would grow without end; the penalty holds them.",
    zh: "不加惩罚项，权重会无限增大；惩罚项把它们拉住。",
  },

  why: {
    en: "Why the logistic function, if the sign of z is enough?",
    zh: "z 的符号已经够用，为什么还要 logistic 函数？",
  },
  whyAbout: {
    en: "The sign says which side a sample is on, not how far. Move z: the step jumps once and is flat everywhere else, so its derivative, and with it the product of the chain rule, is 0: nothing can be learned. The logistic function says how sure it is, and has a slope to learn by.",
    zh: "符号只说明样本在哪一侧，不说明离得多远。移动 z：阶跃函数只跳一次，其余处处平坦，导数为 0，链式法则的乘积也就是 0，什么也学不到。logistic 函数说明有多大把握，并且处处有斜率可供学习。",
  },
  whyZ: { en: "z", zh: "z" },
  whyPlot: {
    en: "The step and the logistic function of z, marked at z = {z}.",
    zh: "z 的阶跃函数和 logistic 函数，标记在 z = {z}。",
  },
  stepColumn: { en: "Sign of z (step)", zh: "z 的符号（阶跃函数）" },
  logisticColumn: { en: "Logistic function", zh: "logistic 函数" },
  output: { en: "output", zh: "输出" },
  derivative: { en: "derivative by z", zh: "对 z 的导数" },
  ifOne: { en: "if the label is 1", zh: "若标签为 1" },
  ifZero: { en: "if the label is 0", zh: "若标签为 0" },
  isRight: { en: "right, nothing more", zh: "正确，仅此而已" },
  isWrong: { en: "wrong, nothing more", zh: "错误，仅此而已" },
  lossAndSlope: { en: "loss {loss}, dL/dz = {error}", zh: "损失 {loss}，dL/dz = {error}" },
  whyTable: {
    en: "What the step and the logistic function say of z",
    zh: "阶跃函数和 logistic 函数对 z 的说明",
  },
};
