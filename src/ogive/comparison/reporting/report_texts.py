"""What the report says in its own words."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["COMPARED", "FIGURES", "TEXTS"]

COMPARED = {
    "activation": Text("Activation functions", "激活函数"),
    "model": Text("Models", "模型"),
    "depth": Text("Depths", "网络深度"),
    "width": Text("Widths", "网络宽度"),
    "init": Text("Initial weights", "初始权重"),
    "learning_rate": Text("Learning rates", "学习率"),
}
"""What each factor is called where it is what is compared."""

TEXTS = {
    "title_named": Text("{what} compared on {name}", "{what}比较：{name}"),
    "title": Text("{what} compared: predicting {target}", "{what}比较：预测 {target}"),
    "verdict": Text("Verdict", "结论"),
    "cautions": Text("Keep in mind", "注意"),
    "results": Text("Results", "结果"),
    "results_note": Text(
        "{n_splits} splits, the same for all. A guess that ignores the columns scores {guess}.",
        "共 {n_splits} 次划分，对所有候选完全相同。不看各列的盲猜得分为 {guess}。",
    ),
    "results_note_without_guess": Text(
        "{n_splits} splits, the same for all. The scorer gives a guess that ignores the columns no "
        "score.",
        "共 {n_splits} 次划分，对所有候选完全相同。该评分函数不能给不看各列的盲猜打分。",
    ),
    "sorting": Text("Click a heading to sort.", "点击表头可排序。"),
    "meanings": Text("What the columns mean", "各列的含义"),
    "figures": Text("Figures", "图"),
    "no_script": Text(
        "The figures are drawn by JavaScript, which is switched off here.",
        "图由 JavaScript 绘制，而此处已将其关闭。",
    ),
    "design": Text("How the experiment was done", "实验是怎样做的"),
    "data": Text("Data", "数据"),
    "rows": Text("Rows", "行数"),
    "columns": Text("Columns", "列数"),
    "column_kinds": Text("{total}: {kinds}", "{total}：{kinds}"),
    "kind_number": Text("{n} numeric", "数值 {n} 列"),
    "kind_date": Text("{n} of dates", "日期 {n} 列"),
    "kind_category": Text("{n} categorical", "类别 {n} 列"),
    "missing": Text("Missing values", "缺失值"),
    "missing_none": Text("none", "无"),
    "missing_some": Text("{n} ({share} of all cells)", "{n} 个（占全部单元格的 {share}）"),
    "missing_in": Text(
        "{n} ({share} of all cells), in {columns} of the columns",
        "{n} 个（占全部单元格的 {share}），分布在 {columns} 列中",
    ),
    "target": Text("Target", "目标"),
    "task": Text("Task", "任务"),
    "classification": Text("classification, {n} classes", "分类，{n} 个类别"),
    "regression": Text("regression", "回归"),
    "target_values": Text("Target values", "目标取值"),
    "target_moments": Text(
        "mean {mean}, standard deviation {deviation}", "均值 {mean}，标准差 {deviation}"
    ),
    "column": Text("Column", "列"),
    "kind": Text("Kind", "种类"),
    "type": Text("Type", "类型"),
    "column_missing": Text("Missing", "缺失"),
    "column_values": Text("Values", "取值"),
    "kind_of_number": Text("number", "数值"),
    "kind_of_date": Text("date", "日期"),
    "kind_of_category": Text("category", "类别"),
    "no_values": Text("no value at all", "没有任何值"),
    "value_share": Text("{value} {share}", "{value} {share}"),
    "more_values": Text(", {n} more", "，另有 {n} 种"),
    "constant": Text("always {value}", "恒为 {value}"),
    "range": Text("{low} to {high}", "{low} 至 {high}"),
    "range_mean": Text("{low} to {high}, mean {mean}", "{low} 至 {high}，均值 {mean}"),
    "more_columns": Text(
        "The first {shown} columns; {n} more follow in the data.",
        "以上为前 {shown} 列；数据中另有 {n} 列。",
    ),
    "balance": Text("Rows in each class", "各类别的行数"),
    "distribution": Text("Distribution of the target", "目标的分布"),
    "other_classes": Text("{n} other classes", "其余 {n} 个类别"),
    "settings": Text("Settings", "设置"),
    "setting": Text("Setting", "设置"),
    "value": Text("Value", "值"),
    "environment": Text("Environment", "环境"),
    "system": Text("System", "系统"),
    "cores": Text("Cores", "核心数"),
    "repeat": Text("To repeat it", "如何重做"),
    "repeat_note": Text(
        "The same command with the same versions gives the same scores.",
        "用相同的版本运行这条命令，会得到相同的得分。",
    ),
    "reasons": Text("Why", "原因"),
    "run": Text("Run", "运行编号"),
    "engine": Text("Done by", "执行方式"),
    "known": Text("Fits taken from the store", "取自存储的训练"),
    "legend_best": Text("best mean", "均值最佳"),
    "legend_equivalent": Text("equivalent to it in practice", "与其实际等效"),
    "legend_level": Text("no evidence of a difference to it", "没有证据表明与其有差异"),
    "legend_unsure": Text("weak evidence of being worse", "有较弱证据表明更差"),
    "legend_worse": Text("worse", "更差"),
}

FIGURES = {
    "scores": (
        Text("Scores on the test folds", "测试折上的得分"),
        Text(
            "A circle for each split; the diamond is their mean, the line its 95% interval. The "
            "intervals of two may overlap although their difference, taken split by split, is "
            "beyond chance: the table has the differences. A score far worse than the others is "
            "only given as a number at the edge.",
            "每个圆圈是一次划分的得分，菱形为均值，横线为其 95% 置信区间。"
            "两者的区间即使重叠，逐次划分相减的差值仍可能超出偶然；差值见上表。"
            "远差于其他的得分只在边缘以数字给出。",
        ),
    ),
    "pairs": (
        Text("Every pair", "两两比较"),
        Text(
            "The row compared with the column, which bears the number of its row. Equivalent in "
            "practice: at least 95% of the posterior lie within ±{rope}. Better or worse: "
            "p < 0.05 after Holm's correction for all pairs. Otherwise there is no evidence either "
            "way. Pointing at a cell shows interval, p-value and probabilities.",
            "以该行与该列相比，列号即对应行的编号。实际等效：后验概率至少有 95% 落在 ±{rope} 之内。"
            "更好或更差：按 Holm 方法对所有两两比较校正后 p < 0.05。其余则两方面都没有证据。"
            "指向单元格可查看区间、p 值与概率。",
        ),
    ),
    "pairs_cut": (
        Text("", ""),
        Text(" The best {shown} of {n} are shown.", "仅显示 {n} 项中最好的 {shown} 项。"),
    ),
    "densities": (
        Text("How far from {best}", "与 {best} 相差多少"),
        Text(
            "What the splits tell of the true mean difference to {best} (Bayesian correlated "
            "t-test), all curves drawn equally high. The grey band holds differences that do not "
            "matter in practice; the numbers are the probabilities of the three parts.",
            "各次划分所揭示的与 {best} 的真实平均差（贝叶斯相关 t 检验），各曲线高度一致。"
            "灰色区域内的差别在实际中可以忽略；数字是三个部分各自的概率。",
        ),
    ),
    "densities_cut": (
        Text("", ""),
        Text(" The {shown} next to it are shown.", "仅显示其后的 {shown} 项。"),
    ),
    "seconds": (
        Text("Cost against score: training", "代价与得分：训练"),
        Text(
            "The line is the Pareto front: for each time, the best score to be had. Times of a fit "
            "are medians over the splits, measured in a single run on one thread of one machine, "
            "and include the number of epochs needed. Another machine or a busy one may change "
            "who is on the front: small gaps in time mean nothing.",
            "折线为帕累托前沿：在给定的时间内所能得到的最好得分。"
            "训练用时只在一次运行中于一台机器的单线程上测得，取各次划分的中位数，"
            "其中包含所需的轮数。换一台机器或机器繁忙时，前沿上的成员可能不同；用时的微小差距不说明问题。",
        ),
    ),
    "predict_seconds": (
        Text("Cost against score: prediction", "代价与得分：预测"),
        Text(
            "The same for the time of predicting one row, measured on the test folds as a whole.",
            "同上，但时间为预测一行所需，由整个测试折测得。",
        ),
    ),
    "learning_curves": (
        Text("Learning curves", "学习曲线"),
        Text(
            "Loss after each epoch with what was chosen: geometric mean over the splits and its "
            "95% interval. A network that stopped early keeps its last loss. On the rows fitted "
            "to, it is the mean over the epoch and includes the penalty on the weights.",
            "采用选定设置时每轮训练后的损失：各次划分的几何平均及其 95% 置信区间。"
            "提前停止的网络沿用最后的损失。拟合数据上的损失是该轮内的平均，并含权重惩罚项。",
        ),
    ),
    "learning_curves_cut": (
        Text("", ""),
        Text(" Shown are the best {shown}.", "仅显示最好的 {shown} 项。"),
    ),
    "fold_curves": (
        Text("Learning curves by fold", "各折的学习曲线"),
        Text(
            "Loss on the validation rows of each split, and their mean. Thin lines far apart mean "
            "that the rows drawn matter as much as what is compared.",
            "每次划分在验证数据上的损失及其平均。细线相距很远，说明抽到哪些行与比较的对象同样重要。",
        ),
    ),
    "fold_curves_cut": (
        Text("", ""),
        Text(
            " Shown are at most the best {panels} and the first {curves} splits; the mean is over "
            "all splits.",
            "最多显示最好的 {panels} 项与前 {curves} 次划分；平均取自全部划分。",
        ),
    ),
    "gradients": (
        Text("Gradient by layer", "各层的梯度"),
        Text(
            "How strongly the error still speaks to the weights of each layer: root mean square "
            "gradient while learning, geometric mean over epochs and splits. Where the first "
            "layer lies far to the left of the output, the gradient vanishes on its way.",
            "误差传到每一层权重时还有多强：学习过程中梯度的均方根，对各轮与各次划分取几何平均。"
            "若第一层远在输出层左侧，说明梯度在途中消失了。",
        ),
    ),
    "gradients_zero": (
        Text("", ""),
        Text(
            " Without a mark where the gradient is 0: nothing is learned there ({names}).",
            "梯度为 0 处没有标记：那里什么也学不到（{names}）。",
        ),
    ),
}
