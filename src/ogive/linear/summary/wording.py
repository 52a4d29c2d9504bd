"""The words of a summary."""

from __future__ import annotations

from collections.abc import Callable

from ogive.text import Language, Text

Writer = Callable[[float], str]

NOTHING = "–"
TITLE = Text("Linear regression of {target}", "{target} 的线性回归")
METHOD = Text("Method", "方法")
METHODS = {
    ("qr", False): Text("least squares", "最小二乘"),
    ("qr", True): Text("weighted least squares", "加权最小二乘"),
    ("normal", False): Text("normal equations", "正规方程"),
    ("normal", True): Text("weighted normal equations", "加权正规方程"),
    ("gd", False): Text("gradient descent", "梯度下降"),
    ("gd", True): Text("weighted gradient descent", "加权梯度下降"),
    ("positive", False): Text("non-negative least squares", "非负最小二乘"),
    ("positive", True): Text("weighted non-negative l. s.", "加权非负最小二乘"),
}
COVARIANCE = Text("Standard errors", "标准误类型")
COVARIANCES = {
    "nonrobust": Text("equal variance", "等方差"),
    "HC0": Text("robust (HC0)", "稳健（HC0）"),
    "HC1": Text("robust (HC1)", "稳健（HC1）"),
    "HC2": Text("robust (HC2)", "稳健（HC2）"),
    "HC3": Text("robust (HC3)", "稳健（HC3）"),
}
ROWS = Text("Rows", "行数")
MODEL_DF = Text("Model degrees of freedom", "模型自由度")
RESIDUAL_DF = Text("Residual degrees of freedom", "残差自由度")
RESIDUAL_ERROR = Text("Residual standard error", "残差标准误")
CONDITION = Text("Condition number", "条件数")
DIGITS = Text("Right digits, about", "正确位数（约）")
R2 = Text("R-squared", "R²")
ADJUSTED_R2 = Text("Adjusted R-squared", "调整后 R²")
ABOUT_ZERO = Text(" (about 0)", "（相对于 0）")
F = Text("F({model}, {residual})", "F({model}, {residual})")
F_P = Text("p of F", "F 的 p 值")
LOG_LIKELIHOOD = Text("Log-likelihood", "对数似然")
ESTIMATE = Text("coefficient", "系数")
ERROR = Text("std. error", "标准误")
P = Text("p", "p 值")
LOW = Text("{level} low", "{level} 下限")
HIGH = Text("{level} high", "{level} 上限")
CONSTANT = Text("(Intercept)", "截距")
NOT_ESTIMABLE = Text("not estimable", "不可估计")
NOT_APPLICABLE = Text("n/a", "不适用")
SINGULAR = Text("infinite", "无穷大")
RESIDUALS = Text("Residuals", "残差")
DURBIN_WATSON = Text("Durbin-Watson", "Durbin-Watson")
SKEWNESS = Text("Skewness", "偏度")
KURTOSIS = Text("Kurtosis", "峰度")
OMNIBUS = Text("Omnibus", "Omnibus")
OMNIBUS_P = Text("p of Omnibus", "Omnibus 的 p 值")
JARQUE_BERA = Text("Jarque-Bera", "Jarque-Bera")
JARQUE_BERA_P = Text("p of Jarque-Bera", "Jarque-Bera 的 p 值")
NOTES = Text("Notes", "说明")
MORE_TARGETS = Text(
    "{more} more target{s} not shown here; to_polars() and to_dict() hold them all.",
    "另有 {more} 个目标未在此显示；to_polars() 和 to_dict() 包含全部目标。",
)


def more_targets(more: int, language: Language) -> str:
    """Return how many targets are not shown."""
    return MORE_TARGETS.to(language, more=more, s=" is" if more == 1 else "s are")
