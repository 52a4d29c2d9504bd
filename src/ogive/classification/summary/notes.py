"""What has to be known to read a summary rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ogive.classification.separation.texts import REMEDY, what_is_separated
from ogive.linear.remarks import Remark
from ogive.linear.summary.notes import MOST_DEPENDENCIES, dependency_text
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.classification.summary.record import LogisticSummary

__all__ = ["remarks_on"]

UNBOUNDED = Text(
    "{found} So there is no finite maximum of the likelihood: the coefficients are where the "
    "solver stopped. Standard errors would grow faster than the coefficients and Wald's tests "
    "would find nothing significant (Hauck and Donner, 1977); they are not applicable. {remedy}",
    "{found}因此似然没有有限的最大值：这里的系数只是求解器停下时的值。标准误会比系数增长得更快，"
    "Wald 检验将得不出任何显著结果（Hauck 与 Donner，1977）；因此不适用。{remedy}",
)
SEPARATED = Text(
    "{found} Without its penalty this model would have no finite solution.",
    "{found}若没有惩罚项，该模型没有有限解。",
)
UNDECIDED = Text(
    "Whether the classes are separated was not decided; if they are, the tests are wrong.",
    "未能判定各类是否分离；如果分离，则检验无效。",
)
PENALISED = Text(
    "The coefficients are shrunk towards 0 by the penalty (C = {c}). Standard errors are those of "
    "the penalised estimator, (H + P)^-1 H (H + P)^-1 (Gray, 1992); intervals and p-values do not "
    "allow for the bias of shrinking, and likelihood-ratio test, AIC and BIC are not applicable. "
    "For inference fit with C=np.inf, on the command line with --penalty none.",
    "惩罚项（C = {c}）使系数向 0 收缩。标准误是惩罚估计量的标准误 "
    "(H + P)^-1 H (H + P)^-1（Gray，1992）；区间和 p 值没有计入收缩带来的偏差，"
    "似然比检验、AIC 和 BIC 不适用。用于推断时请以 C=np.inf（命令行为 --penalty none）拟合。",
)
NOT_MAXIMUM = Text(
    "The coefficients are not where the {what} is largest for these rows (a Newton step moves one "
    "by {step} standard errors): tests are not applicable. Give the rows of the fit, and fit until "
    "it converges.",
    "这些系数并不是{what}对这些数据行的最大值点（一步牛顿法会使某个系数移动 {step} 个标准误）："
    "检验不适用。请给出拟合时的数据行，并拟合至收敛。",
)
LIKELIHOOD = Text("likelihood", "似然")
PENALISED_LIKELIHOOD = Text("penalised likelihood", "惩罚似然")
GIVEN = Text(
    "The weights were given, not fitted to these rows: standard errors, tests, pseudo R-squared, "
    "AIC and BIC, which assume a largest {what}, are not applicable. For them fit a model, with "
    "C=np.inf for inference.",
    "这些权重是给定的，不是对这些数据行拟合得到的：标准误、检验、伪 R²、AIC 和 BIC "
    "以{what}的最大值点为前提，因此不适用。需要这些时请拟合模型（用于推断时取 C=np.inf）。",
)
SINGULAR = Text(
    "The Fisher information is singular in float64: standard errors and tests are not applicable.",
    "Fisher 信息矩阵在 float64 下奇异：标准误和检验不适用。",
)
TOO_MANY = Text(
    "With so many coefficients ({n}) their covariance is not computed: standard errors and tests "
    "are not applicable.",
    "系数过多（{n} 个），不计算其协方差：标准误和检验不适用。",
)
NOT_ESTIMABLE = Text(
    "Coefficients that are not estimable could be exchanged against each other without changing "
    "any probability: they have no standard error. Leave out one column of each dependency.",
    "不可估计的系数可以相互替换而不改变任何概率，因此没有标准误。请从每组相关列中去掉一列。",
)
SHARED = Text(
    "What dependent columns do together the data determine; how it is divided among them, only the "
    "penalty does.",
    "相关各列合起来的作用由数据决定；它在各列之间如何分配，则只由惩罚项决定。",
)
WEIGHTED = Text(
    "Weights count as numbers of rows; standard errors are right only if they are.",
    "权重按行数计：只有当权重确实表示行数时，标准误才正确。",
)
CLASS_WEIGHTED = Text(
    "class_weight changes how many rows of each class there seem to be: the constant, the "
    "likelihood and the standard errors are of that table, not of the one given. For inference fit "
    "without it.",
    "class_weight 改变了各类看起来的行数：常数项、似然和标准误属于那样的数据，而不是所给的数据。"
    "用于推断时请不要使用它。",
)
NO_CONSTANT = Text(
    "There is no constant term: the null model gives every class the same probability.",
    "没有常数项：零模型给每一类相同的概率。",
)


def remarks_on(summary: LogisticSummary) -> tuple[Remark, ...]:
    """Return the remarks, those that say why something is missing first."""
    inference, found = summary.inference, summary.separation
    remarks: list[Remark] = []
    penalised = inference.penalty > 0
    n = inference.estimates.size
    if inference.columns is None:
        remarks.append(_filled("too_many", TOO_MANY, n=n))
    told = Text("", "")
    if found.finding is not None:
        told = Text(what_is_separated(found, "en"), what_is_separated(found, "zh"))
    what = PENALISED_LIKELIHOOD if penalised else LIKELIHOOD
    unbounded = inference.separated and not penalised
    fitted = not inference.given or (inference.at_maximum and not unbounded)
    if not fitted:
        remarks.append(_filled("given_weights", GIVEN, what=what))
    elif unbounded:
        remarks.append(_filled("separated", UNBOUNDED, found=told, remedy=REMEDY))
    elif inference.columns is not None and not inference.invertible:
        remarks.append(Remark("singular", SINGULAR))
    elif inference.columns is not None and not inference.at_maximum:
        step = f"{inference.step:.2g}"
        remarks.append(_filled("not_maximum", NOT_MAXIMUM, what=what, step=step))
    if penalised and fitted:
        remarks.append(_filled("penalised", PENALISED, c=f"{1 / inference.penalty:.4g}"))
        if inference.separated:
            remarks.append(_filled("separated", SEPARATED, found=told))
    if found.kind == "unknown":
        remarks.append(Remark("separation_undecided", UNDECIDED))
    remarks += _dependencies(summary)
    if summary.class_weighted:
        remarks.append(Remark("class_weight", CLASS_WEIGHTED))
    elif summary.weighted:
        remarks.append(Remark("weighted", WEIGHTED))
    if not summary.fit_intercept:
        remarks.append(Remark("no_constant", NO_CONSTANT))
    return tuple(remarks)


def _dependencies(summary: LogisticSummary) -> list[Remark]:
    columns = summary.inference.columns
    if columns is None or columns.rank == columns.n_features:
        return []
    names = summary.feature_names
    found = sorted(columns.dependencies, key=lambda one: one.column)[:MOST_DEPENDENCIES]
    remarks = [
        Remark(
            "dependent_column",
            Text(dependency_text(one, names, "en"), dependency_text(one, names, "zh")),
        )
        for one in found
    ]
    last = NOT_ESTIMABLE if summary.inference.penalty == 0 else SHARED
    return [*remarks, Remark("not_estimable", last)]


def _filled(code: str, text: Text, **values: Any) -> Remark:
    def of(language: Any) -> str:
        own = {k: v.to(language) if isinstance(v, Text) else v for k, v in values.items()}
        return text.to(language, **own)

    return Remark(code, Text(of("en"), of("zh")))
