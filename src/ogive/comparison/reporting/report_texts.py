"""What the report says in its own words."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["FIGURES", "TEXTS"]

TEXTS = {
    "title_named": Text("Activation functions compared on {name}", "激活函数比较：{name}"),
    "title": Text(
        "Activation functions compared: predicting {target}", "激活函数比较：预测 {target}"
    ),
    "verdict": Text("Verdict", "结论"),
    "cautions": Text("Keep in mind", "注意"),
    "results": Text("Results", "结果"),
    "results_note": Text(
        "{n_splits} splits, the same for every activation. Click a heading to sort. A guess that "
        "ignores the columns scores {guess}.",
        "共 {n_splits} 次划分，各激活函数完全相同。点击表头可排序。不看各列的盲猜得分为 {guess}。",
    ),
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
    "target": Text("Target", "目标"),
    "task": Text("Task", "任务"),
    "classification": Text("classification, {n} classes", "分类，{n} 个类别"),
    "regression": Text("regression", "回归"),
    "target_values": Text("Target values", "目标取值"),
    "target_moments": Text(
        "mean {mean}, standard deviation {deviation}", "均值 {mean}，标准差 {deviation}"
    ),
    "balance": Text("Rows in each class", "各类别的行数"),
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
    "legend_level": Text(
        "highest mean, and those without evidence of a difference to it",
        "均值最高者，以及没有证据表明与其有差异者",
    ),
    "legend_unsure": Text("weak evidence of being worse", "有较弱证据表明更差"),
    "legend_worse": Text("worse", "更差"),
}

FIGURES = {
    "scores": (
        Text("Scores on the test folds", "测试折上的得分"),
        Text(
            "A circle for each split; the diamond is their mean, the line its 95% interval. The "
            "intervals of two activations may overlap although their difference, taken split by "
            "split, is beyond chance: the table has the differences. A score far below the others "
            "is only given as a number at the edge.",
            "每个圆圈是一次划分的得分，菱形为均值，横线为其 95% 置信区间。"
            "两个激活函数的区间即使重叠，逐次划分相减的差值仍可能超出偶然；差值见上表。"
            "远低于其他的得分只在边缘以数字给出。",
        ),
    ),
    "learning_curves": (
        Text("Learning curves", "学习曲线"),
        Text(
            "Loss after each epoch at the learning rates chosen: geometric mean over the splits "
            "and its 95% interval. A network that stopped early keeps its last loss. On the rows "
            "fitted to, it is the mean over the epoch and includes the penalty on the weights.",
            "在选定学习率下每轮训练后的损失：各次划分的几何平均及其 95% 置信区间。"
            "提前停止的网络沿用最后的损失。拟合数据上的损失是该轮内的平均，并含权重惩罚项。",
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
    "cost": (
        Text("Cost against score", "代价与得分"),
        Text(
            "Up is better, left is faster. Times of a fit are medians on this machine and include "
            "the number of epochs the activation needed.",
            "越靠上越好，越靠左越快。训练用时为本机上的中位数，其中包含该激活函数所需的轮数。",
        ),
    ),
}
