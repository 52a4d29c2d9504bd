"""Texts of the checks of the second condition."""

from __future__ import annotations

from ogive.linear.assumptions.outcome import Check
from ogive.text import Text

__all__ = [
    "BREUSCH_GODFREY",
    "BREUSCH_PAGAN",
    "CURVATURE",
    "DURBIN_WATSON",
    "NORMALITY",
    "OUTLIERS",
    "RESET",
    "WHITE",
]

CURVATURE = Check(
    "OGV210",
    Text("Curvature", "弯曲"),
    {
        "issue": Text("The effect of a column is curved.", "某一列的影响是弯曲的。"),
        "tip": Text("The effect of a column may be curved.", "某一列的影响可能是弯曲的。"),
        "passed": Text("No column's effect is seen to bend.", "没有看到哪一列的影响是弯曲的。"),
    },
    Text(
        "A straight line is systematically too high in some range of the column and too low in "
        "another.",
        "直线在该列的某一段系统性地偏高，在另一段偏低。",
    ),
    Text(
        "Add the column's square, or take its logarithm or root, and look at the residuals "
        "against it.",
        "加入该列的平方，或改用其对数、平方根，并查看残差随该列的变化。",
    ),
)
RESET = Check(
    "OGV211",
    Text("Specification (RESET)", "模型设定（RESET）"),
    {
        "issue": Text("The relation is not linear as specified.", "关系并非所设定的线性关系。"),
        "tip": Text(
            "The relation may not be linear as specified.", "关系可能并非所设定的线性关系。"
        ),
        "passed": Text("Nothing speaks against the linear form.", "没有迹象反对线性形式。"),
    },
    Text(
        "The residuals follow a curve along the fitted values, so the linear form misses "
        "something: a bend, a product of columns, or a column that is absent.",
        "残差随拟合值呈曲线变化，说明线性形式漏掉了什么：弯曲、列与列的乘积，或某个缺少的列。",
    ),
    Text(
        "Plot residuals against fitted values and against each column; add squares or products, "
        "or transform the target (its logarithm, for example).",
        "画出残差对拟合值、对各列的图；加入平方项或乘积项，或变换目标（例如取对数）。",
    ),
)
_UNEQUAL = Text(
    "The coefficients stay right on average, but their standard errors, p-values and intervals are "
    "wrong.",
    "系数平均而言仍然正确，但标准误、p 值和区间是错的。",
)
_UNEQUAL_REMEDY = Text(
    "Use robust standard errors (covariance='HC3'), give rows weights of one over their variance "
    "(sample_weight), or take the logarithm of the target.",
    "使用稳健标准误（covariance='HC3'），以方差的倒数为各行加权（sample_weight），或对目标取对数。",
)
BREUSCH_PAGAN = Check(
    "OGV212",
    Text("Equal variance (Breusch–Pagan)", "等方差（Breusch–Pagan）"),
    {
        "issue": Text(
            "The spread of the errors changes with the columns.", "误差的离散程度随各列变化。"
        ),
        "tip": Text(
            "The spread of the errors may change with the columns.",
            "误差的离散程度可能随各列变化。",
        ),
        "passed": Text(
            "The spread of the errors is not seen to change with the columns.",
            "没有看到误差的离散程度随各列变化。",
        ),
    },
    _UNEQUAL,
    _UNEQUAL_REMEDY,
)
WHITE = Check(
    "OGV213",
    Text("Equal variance (White)", "等方差（White）"),
    {
        "issue": Text("The errors do not have equal variance.", "误差的方差不相等。"),
        "tip": Text("The errors may not have equal variance.", "误差的方差可能不相等。"),
        "passed": Text(
            "The errors are not seen to differ in variance.", "没有看到误差的方差有差异。"
        ),
    },
    _UNEQUAL,
    _UNEQUAL_REMEDY,
)
_DEPENDENT = Text(
    "Rows then tell less than their number suggests: standard errors are usually too small and "
    "p-values too good.",
    "此时各行所含的信息少于行数所示：标准误通常偏小，p 值好得过头。",
)
_DEPENDENT_REMEDY = Text(
    "Add what the errors have in common (a trend, the season, the value before), or regress the "
    "differences between neighbouring rows.",
    "加入误差中共有的成分（趋势、季节、前一期的值），或改用相邻行的差来回归。",
)
DURBIN_WATSON = Check(
    "OGV214",
    Text("Independence (Durbin–Watson)", "独立性（Durbin–Watson）"),
    {
        "issue": Text("Neighbouring errors depend on each other.", "相邻的误差彼此相关。"),
        "tip": Text("Neighbouring errors look alike or alternate.", "相邻的误差相似或交替。"),
        "passed": Text("Neighbouring errors are not seen to be related.", "没有看到相邻误差相关。"),
    },
    _DEPENDENT,
    _DEPENDENT_REMEDY,
)
BREUSCH_GODFREY = Check(
    "OGV215",
    Text("Independence (Breusch–Godfrey)", "独立性（Breusch–Godfrey）"),
    {
        "issue": Text("Errors depend on those before them.", "误差与之前的误差相关。"),
        "tip": Text("Errors look related to those before them.", "误差看似与之前的误差相关。"),
        "passed": Text(
            "Errors are not seen to be related to those before them.",
            "没有看到误差与之前的误差相关。",
        ),
    },
    _DEPENDENT,
    _DEPENDENT_REMEDY,
)
NORMALITY = Check(
    "OGV216",
    Text("Normality (Jarque–Bera)", "正态性（Jarque–Bera）"),
    {
        "issue": Text("The errors are not normally distributed.", "误差不服从正态分布。"),
        "tip": Text("The errors may not be normally distributed.", "误差可能不服从正态分布。"),
        "passed": Text(
            "Nothing speaks against normally distributed errors.",
            "没有迹象反对误差服从正态分布。",
        ),
    },
    Text(
        "Prediction intervals are wrong, whatever the number of rows; p-values and confidence "
        "intervals of the coefficients are approximate, and good where there are many rows.",
        "无论行数多少，预测区间都不准确；系数的 p 值和置信区间是近似的，行数多时才可靠。",
    ),
    Text(
        "Look at the normal Q–Q plot: transform a skewed target (logarithm, root), check the rows "
        "in the tails, or use bootstrap intervals.",
        "查看正态 Q–Q 图：目标偏斜时作变换（对数、平方根），检查尾部的行，或使用自助法区间。",
    ),
)
OUTLIERS = Check(
    "OGV217",
    Text("Outliers", "离群点"),
    {
        "issue": Text("A row lies too far off the fit.", "有的行离拟合太远。"),
        "tip": Text("A row may lie too far off the fit.", "有的行可能离拟合太远。"),
        "passed": Text("No row lies too far off the fit.", "没有行离拟合太远。"),
    },
    Text(
        "Such a row is a mistake in the data, or it follows another rule than the others.",
        "这样的行要么是数据有误，要么遵循的规律与其他行不同。",
    ),
    Text(
        "Look these rows up and correct what is wrong; if they are right, report the fit with and "
        "without them.",
        "查看这些行并更正错误；若数据无误，请同时报告包含与不包含它们的拟合结果。",
    ),
)
