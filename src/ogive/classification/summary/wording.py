"""The words of a summary that are not those of linear regression's."""

from __future__ import annotations

from ogive.text import Text

TITLE = Text(
    "Logistic regression: {positive} against {reference}",
    "逻辑回归：{positive} 相对于 {reference}",
)
TITLE_MANY = Text(
    "Softmax regression: {n} classes, each against {reference}",
    "softmax 回归：{n} 个类别，各与 {reference} 相比",
)
EQUATION = Text("{positive} against {reference}", "{positive} 相对于 {reference}")
METHODS = {
    False: Text("maximum likelihood", "最大似然"),
    True: Text("penalised, C = {c}", "带惩罚，C = {c}"),
}
GIVEN = Text("given weights", "给定的权重")
COVARIANCES = {
    False: Text("Fisher information", "Fisher 信息"),
    True: Text("penalised estimator", "惩罚估计量"),
}
SUM_OF_WEIGHTS = Text("Sum of weights", "权重之和")
EFFECTIVE = Text("Effective degrees of freedom", "有效自由度")
SEPARATION = Text("Classes", "各类")
KINDS = {
    "none": Text("overlap", "有重叠"),
    "quasi": Text("quasi-separated", "拟完全分离"),
    "complete": Text("separated", "完全分离"),
    "unknown": Text("not decided", "未判定"),
}
NULL = Text("Null log-likelihood", "零模型对数似然")
RATIO = Text("Likelihood ratio ({df} df)", "似然比（自由度 {df}）")
RATIO_P = Text("p of likelihood ratio", "似然比的 p 值")
MCFADDEN = Text("McFadden's R-squared", "McFadden R²")
NAGELKERKE = Text("Nagelkerke's R-squared", "Nagelkerke R²")
ODDS = Text("odds ratio", "优势比")
MORE_CLASSES = Text(
    "{more} more class{s} not shown here; summary.text(all=True) shows and to_polars() and "
    "to_dict() hold them all.",
    "另有 {more} 个类别未在此显示；summary.text(all=True) 显示全部类别，"
    "to_polars() 和 to_dict() 也包含全部类别。",
)
MORE_COEFFICIENTS = Text(
    "{shown} of the {n} coefficients are shown, those with the largest {measure}; "
    "summary.text(all=True) shows and to_polars() and to_dict() hold them all.",
    "{n} 个系数中显示了{measure}最大的 {shown} 个；summary.text(all=True) 显示全部系数，"
    "to_polars() 和 to_dict() 也包含全部系数。",
)
MORE_COEFFICIENTS_OF_EACH = Text(
    "{shown} of the {n} coefficients of each class are shown, those with the largest {measure}; "
    "summary.text(all=True) shows and to_polars() and to_dict() hold them all.",
    "每个类别的 {n} 个系数中显示了{measure}最大的 {shown} 个；summary.text(all=True) "
    "显示全部系数，to_polars() 和 to_dict() 也包含全部系数。",
)
BY_Z = Text("|z|", " |z| ")
BY_ESTIMATE = Text("absolute value", "绝对值")
