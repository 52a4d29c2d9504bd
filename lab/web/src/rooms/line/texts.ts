/** What the room of the line says. */
export const texts = {
  // The lines.
  exact: { en: "Exact solution", zh: "精确解" },
  full: { en: "All rows", zh: "全部样本" },
  mini: { en: "Mini-batches", zh: "小批量" },
  single: { en: "Single samples", zh: "单个样本" },
  miniOf: { en: "Mini-batches of {size}", zh: "小批量（{size} 行）" },

  // The data.
  data: { en: "Data", zh: "数据" },
  set: { en: "Table", zh: "数据表" },
  own: { en: "My own table", zh: "我的数据表" },
  variables: { en: "Variables", zh: "变量个数" },
  one: { en: "One: y = a + b x", zh: "一个：y = a + b x" },
  two: { en: "Two: y = w₁x₁ + w₂x₂ + b", zh: "两个：y = w₁x₁ + w₂x₂ + b" },
  feature: { en: "x", zh: "x" },
  feature1: { en: "x₁", zh: "x₁" },
  feature2: { en: "x₂", zh: "x₂" },
  target: { en: "y (to predict)", zh: "y（要预测的）" },
  source: { en: "Source: {source}.", zh: "来源：{source}。" },
  edited: { en: "You have changed this table.", zh: "你已修改了这张表。" },
  reset: { en: "Undo all changes", zh: "撤销全部修改" },
  addPoint: { en: "Add a point", zh: "添加一个点" },
  deletePoint: { en: "Delete the point", zh: "删除这个点" },
  deleteRow: { en: "Delete the point (row {row})", zh: "删除这个点（第 {row} 行）" },
  fitView: { en: "Fit the view", zh: "调整视野" },
  openTable: { en: "Open my own table (CSV)", zh: "打开自己的数据表（CSV）" },
  drop: { en: "Choose a file or drop it here", zh: "选择文件，或拖放到这里" },
  paste: { en: "… or paste a table here", zh: "……或把表格粘贴到这里" },
  read: { en: "Read it", zh: "读取" },
  readDone: {
    en: "{rows} rows, {columns} columns of numbers.",
    zh: "{rows} 行，{columns} 列数字。",
  },
  textColumns: {
    en: "Columns of text cannot be used here: {names}.",
    zh: "文本列在这里无法使用：{names}。",
  },
  tooFewColumns: {
    en: "The table needs at least two columns of numbers; this one has {count}.",
    zh: "表格至少需要两列数字；这张表只有 {count} 列。",
  },
  missing: {
    en: "Missing in “{name}”: {count} of {rows} (lines {lines}).",
    zh: "“{name}”缺失 {count} 个（共 {rows} 行；第 {lines} 行）。",
  },
  missingOne: {
    en: "Missing in “{name}”: {count} of {rows} (line {lines}).",
    zh: "“{name}”缺失 {count} 个（共 {rows} 行；第 {lines} 行）。",
  },
  strayOne: {
    en: "In “{name}” no number, taken as missing: “{text}” on line {line}.",
    zh: "“{name}”中第 {line} 行的“{text}”不是数字，按缺失处理。",
  },
  strays: {
    en: "In “{name}” no number, taken as missing: “{text}” on line {line}, {count} such cells.",
    zh: "“{name}”中有 {count} 个单元格不是数字，按缺失处理，如第 {line} 行的“{text}”。",
  },
  leftOut: {
    en: "Left out, since a value is missing: {count} of {rows} rows.",
    zh: "因有缺失值而未使用：{rows} 行中的 {count} 行。",
  },
  notInLink: {
    en: "The table is too large for a link: it stays in this page only.",
    zh: "表格太大，无法放进链接：它只保留在本页面中。",
  },
  noTable: {
    en: "The table of this link was too large to be in it. Open the file again, or choose a table.",
    zh: "这个链接中的表格太大，未能包含在内。请重新打开文件，或选择一张表。",
  },
  noRows: {
    en: "There is no complete row. Add points, or fill in what is missing.",
    zh: "没有完整的行。请添加点，或填补缺失的值。",
  },
  pointsTable: { en: "The points as numbers", zh: "各点的数值" },
  pointsFirst: { en: "The first {shown} of {rows} rows.", zh: "共 {rows} 行，显示前 {shown} 行。" },
  row: { en: "Row (from 0)", zh: "行（从 0 起数）" },
  cell: { en: "{name}, row {row}", zh: "{name}，第 {row} 行" },
  remove: { en: "Remove", zh: "删除" },
  removeRow: { en: "Remove row {row}", zh: "删除第 {row} 行" },

  // Pictures.
  picture: { en: "Points and line", zh: "点与直线" },
  pictureOfPlane: { en: "Points and plane", zh: "点与平面" },
  point: { en: "Row {row}: x = {x}, y = {y}", zh: "第 {row} 行：x = {x}，y = {y}" },
  pointOfPlane: {
    en: "Row {row}: x1 = {x1}, x2 = {x2}, y = {y}",
    zh: "第 {row} 行：x1 = {x1}，x2 = {x2}，y = {y}",
  },
  linePicture: {
    en: "{count} points, the exact line, and the lines of the three descents",
    zh: "{count} 个点、精确的直线，以及三种下降的直线",
  },
  planePicture: {
    en: "{count} points in space, the exact plane, and those of the three descents",
    zh: "空间中的 {count} 个点、精确的平面，以及三种下降的平面",
  },
  mapPicture: {
    en: "{count} points over x1 and x2; the colour is the prediction",
    zh: "x1 与 x2 平面上的 {count} 个点；颜色表示预测值",
  },
  mapLegend: {
    en: "Colour: y from {low} (orange) to {high} (blue). ▲ lies above the plane, ▼ below it; the larger, the farther.",
    zh: "颜色：y 从 {low}（橙）到 {high}（蓝）。▲ 在平面之上，▼ 在平面之下；越大离得越远。",
  },
  planeHint: {
    en: "Drag to turn. Full points lie above the chosen plane, hollow ones below.",
    zh: "拖动可旋转。实心点在所选平面之上，空心点在其下。",
  },
  lineHint: {
    en: "Drag a point; press on the plot to add one; the Delete key or the button removes the chosen one.",
    zh: "拖动各点；在图上点按可添加；选中一个点后，用 Delete 键或下面的按钮删除。",
  },
  tooManyHandles: {
    en: "With more than {most} rows points cannot be dragged; change numbers in the table.",
    zh: "超过 {most} 行时不能拖动，请在表中修改数值。",
  },
  mapHint: {
    en: "Drag a point to other x₁, x₂; the Delete key or the button removes the chosen one.",
    zh: "拖动各点可改变 x₁、x₂；选中一个点后，用 Delete 键或下面的按钮删除。",
  },
  view: { en: "View", zh: "视角" },
  side: { en: "From the side", zh: "侧面" },
  above: { en: "From above", zh: "上方" },
  turn: { en: "Turn (°)", zh: "旋转（°）" },
  tilt: { en: "Tilt (°)", zh: "俯仰（°）" },
  none: { en: "none", zh: "不画" },
  squares: { en: "as squares", zh: "画成正方形" },
  residualsOf: { en: "Residuals of", zh: "残差" },

  // The race.
  contours: { en: "Loss over the weights", zh: "权重平面上的损失" },
  contoursShown: {
    en: "Contours of the loss over {x} and {y}; the least loss is at {x} = {atX}, {y} = {atY}",
    zh: "损失在 {x}、{y} 平面上的等高线；最小处 {x} = {atX}，{y} = {atY}",
  },
  contourHint: {
    en: "From one contour to the next, what lies above the least loss falls to a third.",
    zh: "每向内一圈，高出最小损失的部分降为三分之一。",
  },
  contourHintPlane: {
    en: "From one contour to the next, what lies above the least loss falls to a third; b is at its best for each w₁, w₂.",
    zh: "每向内一圈，高出最小损失的部分降为三分之一；对每组 w₁、w₂，b 取最优值。",
  },
  start: { en: "start", zh: "起点" },
  leastLoss: { en: "least loss", zh: "最小损失" },
  zoom: { en: "Show", zh: "显示范围" },
  zoomRace: { en: "Start and goal", zh: "起点与终点" },
  zoomMinimum: { en: "Near the goal", zh: "终点附近" },
  zoomAll: { en: "All steps", zh: "全部路径" },
  race: { en: "The race", zh: "竞赛" },
  place: { en: "Step {at} of {end}", zh: "第 {at} / {end} 步" },
  raceSteps: { en: "Steps of the race", zh: "竞赛的步数" },
  rate: { en: "Learning rate", zh: "学习率" },
  automatic: { en: "Rate chosen automatically", zh: "自动选择学习率" },
  automaticHint: {
    en: "learning_rate='auto': the best constant rate for all rows; for batches one that decays, so that they arrive.",
    zh: "learning_rate='auto'：全部样本用最优的恒定学习率；小批量的学习率逐步减小，因而能够到达。",
  },
  limit: { en: "limit 2/λmax = {limit}", zh: "界限 2/λmax = {limit}" },
  below: {
    en: "Below the limit 2/λmax = {limit} the descent on all rows converges; steps on batches need a smaller rate still.",
    zh: "学习率小于界限 2/λmax = {limit} 时，全部样本的下降收敛；按批次更新则要更小。",
  },
  beyond: {
    en: "At or beyond the limit 2/λmax = {limit} every step overshoots by more than the last: the descent on all rows diverges.",
    zh: "达到或超过界限 2/λmax = {limit}，每一步都比上一步冲得更远：全部样本的下降发散。",
  },
  size: { en: "Rows in a mini-batch", zh: "每个小批量的行数" },
  seed: { en: "Seed of the shuffling", zh: "打乱顺序的种子" },
  clock: { en: "Side by side after", zh: "按什么比较" },
  bySteps: { en: "as many steps", zh: "相同步数" },
  byRows: { en: "as many rows seen", zh: "看过的行数相同" },
  end: { en: "Length", zh: "长度" },
  steps: { en: "steps", zh: "步数" },
  rowsSeen: { en: "rows seen", zh: "看过的行数" },
  loss: { en: "loss", zh: "损失" },
  lossTitle: { en: "Loss against steps", zh: "损失随步数的变化" },
  lossPicture: {
    en: "Loss of the three descents against steps, on a logarithmic scale",
    zh: "三种下降的损失随步数的变化（对数刻度）",
  },
  now: { en: "Place in the race: {at}", zh: "竞赛的位置：{at}" },
  line: { en: "Line", zh: "线" },
  state: { en: "State", zh: "状态" },
  running: { en: "on its way", zh: "进行中" },
  away: { en: "moving away", zh: "越走越远" },
  converged: { en: "arrived", zh: "已到达" },
  diverged: { en: "diverged", zh: "已发散" },
  solved: { en: "solved (QR)", zh: "已求解（QR）" },
  shown: { en: "Show {name}", zh: "显示{name}" },
  standardised: {
    en: 'All start at 0 and descend on standardised columns, as LinearRegression(solver="gd") of the library does; weights are shown in the units of the table.',
    zh: '都从 0 出发，在标准化后的各列上下降，与库中的 LinearRegression(solver="gd") 相同；权重以表中的单位显示。',
  },
  announcedLine: {
    en: "{name}: a = {first}, b = {second}, loss {loss}",
    zh: "{name}：a = {first}，b = {second}，损失 {loss}",
  },
  announcedPlane: {
    en: "{name}: w1 = {first}, w2 = {second}, b = {b}, loss {loss}",
    zh: "{name}：w1 = {first}，w2 = {second}，b = {b}，损失 {loss}",
  },
  standings: { en: "Where each line stands", zh: "每条线现在的位置" },

  // Equations.
  equations: { en: "The exact solution: H(W) = X W", zh: "精确解：H(W) = X W" },
  hypothesis: {
    en: "All {rows} rows as one matrix X; its column of ones carries the constant.",
    zh: "全部 {rows} 行写成一个矩阵 X；全为 1 的一列对应常数项。",
  },
  normal: {
    en: "The loss is least where its derivatives by all weights are 0. These are the normal equations, with the present numbers:",
    zh: "损失对所有权重的导数都为 0 处损失最小，这就是正规方程；代入现在的数：",
  },
  solvedBy: {
    en: "The engine solves this by QR, not by inverting XᵀX: that keeps twice as many digits where columns are nearly dependent.",
    zh: "引擎用 QR 分解求解，而不求 XᵀX 的逆：各列接近相关时，保留的有效数字多一倍。",
  },
  rankDeficient: {
    en: "The rows do not determine the weights (rank {rank} of {terms}): of all solutions this is the shortest. Points at different x are needed.",
    zh: "这些行无法确定权重（秩 {rank}，需要 {terms}）：这里给出的是其中最短的解。需要 x 不同的点。",
  },

  // Residuals and the loss in parts.
  residualPlot: { en: "Residuals", zh: "残差" },
  residualPicture: {
    en: "Residuals of {name} against fitted values",
    zh: "{name}的残差与拟合值",
  },
  fitted: { en: "fitted value", zh: "拟合值" },
  residual: { en: "residual y − ŷ", zh: "残差 y − ŷ" },
  residualHint: {
    en: "An even band about 0 is what one hopes for; a curve or a funnel speaks against the model.",
    zh: "理想情况是围绕 0 的均匀带状；弯曲或喇叭形说明模型不合适。",
  },
  parts: { en: "The loss in parts", zh: "损失的分解" },
  variation: {
    en: "Variation of y: {total} = explained {explained} + residual {residual}",
    zh: "y 的变化：{total} = 已解释 {explained} + 残差 {residual}",
  },
  rSquared: { en: "R² = {value}", zh: "R² = {value}" },
  explained: { en: "explained", zh: "已解释" },
  unexplained: { en: "residual", zh: "残差" },
  partOfLoss: {
    en: "Loss ½·mean (y − ŷ)² = what no line can avoid + what is still to gain",
    zh: "损失 ½·均值 (y − ŷ)² = 任何直线都无法避免的 + 还可以减少的",
  },
  unavoidable: { en: "unavoidable", zh: "无法避免" },
  avoidable: { en: "still to gain", zh: "还可减少" },
  largestShare: {
    en: "Row {row} (counted from 0) alone makes {share} of the loss of this line.",
    zh: "仅第 {row} 行（从 0 起数）就占这条线损失的 {share}。",
  },

  // Prediction.
  predict: { en: "Predict", zh: "预测" },
  predictAt: { en: "{name} =", zh: "{name} =" },
  predicted: { en: "Prediction", zh: "预测值" },
  intervals: {
    en: "95 % intervals: {meanLow} … {meanHigh} for the mean of such rows, {rowLow} … {rowHigh} for a single new row.",
    zh: "95% 区间：这类行的均值 {meanLow} … {meanHigh}，单独一行新数据 {rowLow} … {rowHigh}。",
  },
  outside: {
    en: "This lies outside the table's values ({low} to {high}): nothing there was seen.",
    zh: "超出了表中的取值范围（{low} 到 {high}）：那里没有见过数据。",
  },

  // Conditions.
  conditions: { en: "May one trust it? The four conditions", zh: "可信吗？四个条件" },
  conditionsNeed: {
    en: "The tests of the four conditions are computed by the server, which does not answer now. Everything else on this page works without it; the tests come by themselves when it is back.",
    zh: "四个条件的检验由服务器计算，而服务器现在没有应答。本页其余部分不受影响；服务器恢复后检验结果会自动出现。",
  },
  conditionsTooMany: {
    en: "The conditions are checked here for up to {most} values; this table has {count}. In Python: LinearRegression().fit(X, y).check_assumptions().",
    zh: "这里最多检验 {most} 个数值；这张表有 {count} 个。可在 Python 中使用 LinearRegression().fit(X, y).check_assumptions()。",
  },
  conditionTitles: {
    1: { en: "Significance and strength", zh: "显著性与强度" },
    2: { en: "A real linear relation", zh: "线性关系真实" },
    3: { en: "Columns that exclude one another", zh: "变量互斥" },
    4: { en: "Complete data", zh: "数据完整" },
  },
  verdicts: {
    issue: { en: "issue", zh: "问题" },
    tip: { en: "tip", zh: "提示" },
    passed: { en: "passed", zh: "通过" },
    "not applicable": { en: "not applicable", zh: "不适用" },
  },
  checking: { en: "Checking …", zh: "正在检验……" },
  rowsCounted: {
    en: "Rows are counted from 0 among the {rows} complete ones.",
    zh: "行号从 0 起数，只计 {rows} 行完整的数据。",
  },
  remedy: { en: "What to do:", zh: "怎么办：" },
  issues: { en: "Issues: {count}", zh: "问题：{count}" },
  tips: { en: "Tips: {count}", zh: "提示：{count}" },
  passed: { en: "Passed: {count}", zh: "通过：{count}" },
  term: { en: "Term", zh: "项" },
  coefficients: { en: "Coefficients", zh: "系数" },
  estimate: { en: "Estimate", zh: "估计值" },
  error: { en: "Std. error", zh: "标准误" },
  interval: { en: "95 % interval", zh: "95% 区间" },
  intercept: { en: "(constant)", zh: "（常数项）" },
  summaryLine: {
    en: "R² = {r2}, adjusted {adjusted}; F({df1}, {df2}) = {f}, {p}",
    zh: "R² = {r2}，调整后 {adjusted}；F({df1}, {df2}) = {f}，{p}",
  },
  figure: { en: "Figure", zh: "图" },
  figures: {
    residuals: { en: "Residuals", zh: "残差" },
    quantiles: { en: "Normal quantiles", zh: "正态分位数" },
    scale: { en: "Spread", zh: "离散程度" },
    leverage: { en: "Leverage", zh: "杠杆值" },
    correlations: { en: "Correlations", zh: "相关系数" },
    line: { en: "Line with bands", zh: "直线与置信带" },
  },
};
