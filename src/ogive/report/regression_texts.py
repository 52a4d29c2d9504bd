"""What the report on a regression says in its own words."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["FIGURES", "TEXTS"]

TEXTS = {
    "title_named": Text("Linear regression of {target}: {name}", "{target} 的线性回归：{name}"),
    "title": Text("Linear regression of {target}", "{target} 的线性回归"),
    "verdict": Text("Verdict", "结论"),
    "explained": Text(
        "The fit explains {share} of the variance of {target}",
        "拟合解释了 {target} 方差的 {share}",
    ),
    "nearly_all": Text("more than 99.9%", "99.9% 以上"),
    "not_explained": Text(
        "How much of the variance of {target} the fit explains cannot be said",
        "无法说明拟合解释了 {target} 的多少方差",
    ),
    "trusted": Text(
        "; no check of the four conditions found an issue.", "；四个条件的检查没有发现问题。"
    ),
    "one_issue": Text(
        "; the checks of the four conditions found an issue.", "；四个条件的检查发现 1 个问题。"
    ),
    "issues": Text(
        "; the checks of the four conditions found {n} issues.",
        "；四个条件的检查发现 {n} 个问题。",
    ),
    "cautions": Text("Before trusting it", "采信之前"),
    "summary": Text("Summary", "摘要"),
    "conditions": Text("The four conditions", "四个条件"),
    "conditions_note": Text(
        "A multiple regression deserves trust where all four hold. Rows are counted from 0; tests "
        "are made at the level {level:g}.",
        "四个条件都成立，多元回归才值得采信。行号从 0 起数；检验水平为 {level:g}。",
    ),
    "to_do": Text("What to do: ", "如何处理："),
    "code": Text("Code", "编号"),
    "figures": Text("Figures", "图"),
    "no_script": Text(
        "The figures are drawn by JavaScript, which is switched off here.",
        "图由 JavaScript 绘制，而此处已将其关闭。",
    ),
    "data": Text("Data", "数据"),
    "rows": Text("Rows", "行数"),
    "columns": Text("Columns", "列数"),
    "features": Text("Features", "特征数"),
    "target": Text("Target", "目标"),
    "target_values": Text("Target values", "目标取值"),
    "target_moments": Text(
        "mean {mean}, standard deviation {deviation}", "均值 {mean}，标准差 {deviation}"
    ),
    "references": Text("Reference levels", "参照水平"),
    "reference": Text("{column}: {level}", "{column}：{level}"),
    "weights": Text("Weights", "权重"),
    "weighted": Text("yes; rows of weight 0 are not counted", "有；权重为 0 的行不计入"),
    "settings": Text("Settings", "设置"),
    "environment": Text("Environment", "环境"),
    "system": Text("System", "系统"),
    "cores": Text("Cores", "核心数"),
    "repeat": Text("To repeat it", "如何重做"),
    "repeat_note": Text(
        "The same command with the same versions gives the same numbers.",
        "用相同的版本运行这条命令，会得到相同的数字。",
    ),
}

FIGURES = {
    "line": (
        Text("{target} by {feature}", "{target} 与 {feature}"),
        Text(
            "The line with the band that holds the true line ({level} confidence, place by place) "
            "and the wider one that holds a new row.",
            "拟合直线及两条带：较窄的是真实直线的 {level} 置信带（逐点），较宽的是新数据的预测带。",
        ),
    ),
    "line_alone": (
        Text("", ""),
        Text(
            "The fitted line; this fit has no standard errors, hence no bands.",
            "拟合直线；这个拟合没有标准误，因此没有置信带和预测带。",
        ),
    ),
    "line_undetermined": (
        Text("", ""),
        Text(
            "The fitted line; it has no bands, as the data do not determine the coefficient of "
            "this column: it depends on others.",
            "拟合直线；数据无法确定该列的系数（它与其他列相互依赖），因此没有置信带和预测带。",
        ),
    ),
    "adjusted": (
        Text("", ""),
        Text(
            " The other columns are held at their means; a point is the line plus the row's "
            "residual.",
            "其他列取均值；每个点是直线加上该行的残差。",
        ),
    ),
    "residuals": (
        Text("Residuals against fitted values", "残差与拟合值"),
        Text(
            "The curve (lowess) should lie along 0: where it bends, the relation is not straight. "
            "The largest residuals bear the numbers of their rows.",
            "曲线（lowess）应贴近 0：若弯曲，说明关系不是直线。残差最大的点标有行号。",
        ),
    ),
    "scale": (
        Text("Size of the residuals", "残差的大小"),
        Text(
            "Where the curve rises or falls, the variance is not the same everywhere, and standard "
            "errors hold only if they are robust ones (covariance HC3).",
            "若曲线上升或下降，说明方差不相等，此时只有稳健标准误（covariance 取 HC3）才可靠。",
        ),
    ),
    "quantiles": (
        Text("Normality of the residuals", "残差的正态性"),
        Text(
            "On the dashed line if the errors are normal. The band holds each point with 95% "
            "probability, so that a few outside mean nothing.",
            "若误差服从正态分布，各点应在虚线上。每个点有 95% 的概率落在带内，"
            "因此少数几个在外并不说明什么。",
        ),
    ),
    "leverage": (
        Text("Influence of single rows", "单行的影响"),
        Text(
            "To the right are rows with unusual values of the columns. Beyond a dashed contour of "
            "Cook's distance, drawn where rows come near it, a row by itself moves the "
            "coefficients.",
            "越靠右，该行各列的取值越不寻常。虚线为库克距离的等值线（仅在有行接近时画出）："
            "超出它的行单凭自己就能改变系数。",
        ),
    ),
    "correlations": (
        Text("Correlations", "相关系数"),
        Text(
            "The stronger, the fuller the colour. The last line is the target. A frame marks "
            "columns that are strongly correlated, and more with each other than with the target.",
            "颜色越深，相关越强；最后一行是目标。加框表示两列高度相关，且彼此之间强于各自与目标的相关。",
        ),
    ),
    "correlations_cut": (
        Text("", ""),
        Text(
            " Of {total} columns, the {shown} most correlated with the target are shown.",
            "共 {total} 列，只画出与目标最相关的 {shown} 列。",
        ),
    ),
    "descent": (
        Text("Path of the gradient descent", "梯度下降的路径"),
        Text(
            "Each contour lies a third as far above the least loss as the next outer one. Other "
            "coefficients are held at their final values.",
            "由外向内，每条等值线高出最小损失的部分是前一条的三分之一。其余系数取最终值。",
        ),
    ),
}
