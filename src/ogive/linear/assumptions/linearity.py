"""Condition 2: the linear relation is real, as the residuals show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import stats

from ogive.linear.assumptions import linearity_texts as texts
from ogive.linear.assumptions.independence import (
    DurbinWatsonNull,
    breusch_godfrey,
    durbin_watson_null,
    lagged,
)
from ogive.linear.assumptions.outcome import Check, Outcome, holm, judge
from ogive.linear.assumptions.record import AssumptionResult
from ogive.linear.assumptions.sample import Sample
from ogive.linear.assumptions.specification import (
    Curvature,
    curvature,
    power_columns,
    specification,
)
from ogive.linear.assumptions.thresholds import Thresholds
from ogive.linear.assumptions.variance import EqualVariance, breusch_pagan, white
from ogive.linear.assumptions.wording import largest, listed, number, p_value, percent, rows_listed
from ogive.linear.influence import Influence
from ogive.linear.residual_shape import ResidualShape, residual_shape
from ogive.linear.solution import Array
from ogive.text import Text

__all__ = ["CHECKS", "check_linearity"]

CHECKS = (
    texts.CURVATURE,
    texts.RESET,
    texts.BREUSCH_PAGAN,
    texts.WHITE,
    texts.DURBIN_WATSON,
    texts.BREUSCH_GODFREY,
    texts.NORMALITY,
    texts.OUTLIERS,
)
NO_SQUARE = Text(
    "The square of no column says anything that the columns do not (columns of two values have "
    "none of their own).",
    "任何一列的平方都不带来新内容（只有两个取值的列就是如此）。",
)
NO_POWER = Text(
    "Powers of the fitted values say nothing that the columns do not.",
    "拟合值的幂不带来各列之外的新内容。",
)
TOO_FEW = Text("There are too few rows for this test.", "行数太少，无法做这项检验。")
NO_SPREAD = Text(
    "There is nothing that the spread could change with: all columns or squared residuals are "
    "constant.",
    "没有可供离散程度随之变化的量：各列或残差平方都是常数。",
)
NO_ORDER = Text("order=False says that the rows have no order.", "order=False 表明各行没有顺序。")
NOT_LEAST_SQUARES = Text(
    "The test supposes coefficients of least squares; these are constrained (positive=True) or of "
    "a descent that was not carried to its end.",
    "这项检验要求系数是最小二乘解；而这里的系数受到约束（positive=True）或来自未进行到底的下降。",
)
FEW_ROWS = Text(
    "With {n} rows only a gross departure is noticed.", "只有 {n} 行时，只能发现很大的偏离。"
)
FORMS = {
    "columns": Text("the columns", "各列"),
    "products": Text("the columns, their squares and products", "各列、其平方与乘积"),
    "fitted": Text(
        "the fitted values and their squares (which stand in for the columns' products, as there "
        "are too many of them)",
        "拟合值及其平方（乘积项太多，以此代替各列的乘积）",
    ),
}
FEW = 50
# Residual degrees of freedom that the regression on earlier residuals has to leave.
FEWEST_FREE = 5
MOST_NUMBERS = 1 << 24


def check_linearity(
    sample: Sample, influence: Influence, thresholds: Thresholds, order: Any, single: bool
) -> Iterator[list[AssumptionResult]]:
    """Test the residuals of each target in turn; yields the results of one target after another.

    There are none for a target which is fitted perfectly.

    Parameters
    ----------
    influence : Influence
        Of the same rows, not sorted.
    order : bool or array-like or None
        None: the order of the rows may mean nothing. False: it means nothing.
    single : bool
        Whether there is one target only, which need not be named.
    """
    made = _Tests(sample, influence, thresholds, order)
    for target, name in enumerate(sample.rows.target_names):
        if sample.perfect[target]:
            yield []
            continue
        outcomes = made.outcomes(target)
        yield judge(outcomes, thresholds, sample.n, None if single else name, 2)


class _Tests:
    """All tests; what they have in common is computed once for all targets."""

    def __init__(
        self, sample: Sample, influence: Influence, thresholds: Thresholds, order: Any
    ) -> None:
        self.sample, self.thresholds = sample, thresholds
        self.many = sample.n > thresholds.many_rows
        self.disordered = order is False or (isinstance(order, np.bool_) and not order)
        self.ordered = order is not None
        self.lags = thresholds.lags or min(10, sample.n // 5)
        if self.lags > sample.free - FEWEST_FREE:
            self.lags = 0
        self.curvature: Curvature = curvature(sample)
        self.breusch_pagan = breusch_pagan(sample)
        self.white = white(sample)
        self.shape: ResidualShape = residual_shape(sample.residuals, sample.perfect)
        self.null: DurbinWatsonNull | None = None if self.disordered else durbin_watson_null(sample)
        self.studentized = influence.externally_studentized.reshape(-1, sample.n_targets)
        self._left: dict[int, tuple[Array, Array]] = {}

    def outcomes(self, target: int) -> list[Outcome]:
        """Return what the tests yield for one target."""
        proper = bool(self.sample.is_least_squares[target])
        left, lengths = self._auxiliary(target) if proper else (np.zeros((1, 2)),) * 2
        independent = NOT_LEAST_SQUARES if not proper else NO_ORDER if self.disordered else None
        improper = None if proper else NOT_LEAST_SQUARES
        return [
            Outcome(texts.CURVATURE, reason=improper) if improper else self._curvature(target),
            Outcome(texts.RESET, reason=improper)
            if improper
            else self._reset(target, left, lengths),
            self._variance(texts.BREUSCH_PAGAN, self.breusch_pagan, target),
            self._variance(texts.WHITE, self.white, target),
            Outcome(texts.DURBIN_WATSON, reason=independent)
            if independent
            else self._durbin_watson(target),
            Outcome(texts.BREUSCH_GODFREY, reason=independent)
            if independent
            else self._breusch_godfrey(target, left, lengths),
            self._normality(target),
            Outcome(texts.OUTLIERS, reason=improper) if improper else self._outliers(target),
        ]

    def _auxiliary(self, target: int) -> tuple[Array, Array]:
        """Return the columns of the auxiliary regressions less their projections, and lengths.

        They are made for several targets at once, since each projection passes over the rows.
        """
        if target not in self._left:
            sample = self.sample
            lags = 0 if self.disordered else max(self.lags, 0)
            width = 2 + lags
            count = max(1, min(MOST_NUMBERS // (sample.n * width), sample.n_targets - target))
            columns = np.column_stack(
                [
                    part
                    for one in range(target, target + count)
                    for part in (power_columns(sample, one), lagged(sample.residuals[:, one], lags))
                ]
            )
            lengths = np.sqrt(np.einsum("ij,ij->j", columns, columns))
            left = sample.basis.remainder(columns)
            self._left = {
                target + i: (left[:, part], lengths[part])
                for i in range(count)
                for part in [slice(i * width, (i + 1) * width)]
            }
        return self._left[target]

    def _small(self, share: float, name: Text) -> Text | None:
        """Return how small an effect is, if it does not matter among many rows."""
        if not self.many or not share < self.thresholds.small_effect:
            return None
        limit = percent(self.thresholds.small_effect)
        return Text(
            f"{name.en} = {percent(share)}, below {limit}",
            f"{name.zh} = {percent(share)}，低于 {limit}",
        )

    def _curvature(self, target: int) -> Outcome:
        found, names = self.curvature, self.sample.rows.feature_names
        corrected = holm(found.p[target])
        tested = np.flatnonzero(~np.isnan(corrected))
        if len(tested) == 0:
            return Outcome(texts.CURVATURE, reason=NO_SQUARE)
        order = tested[np.argsort(found.p[target][tested], kind="stable")]
        worst = int(order[0])
        bent = [int(j) for j in order if corrected[j] <= self.thresholds.significance]
        t, share = float(found.t[target, worst]), float(found.share[target, worst])
        p = float(corrected[worst])
        among = ("", "")
        if len(tested) > 1:
            among = (
                f" after Holm's correction for {len(tested)} columns",
                f"，已按 Holm 方法对 {len(tested)} 列校正",
            )
        others = listed([names[j] for j in bent[1:]])
        more = (
            (f" Also curved: {others.en}.", f"同样弯曲的还有：{others.zh}。")
            if bent[1:]
            else ("",) * 2
        )
        bends = ("upwards", "向上") if t > 0 else ("downwards", "向下")
        facts = Text(
            f"Of all columns {names[worst]} bends most, {bends[0]}: its square would explain "
            f"{percent(share)} of what the regression leaves over ({p_value(p)}{among[0]})."
            + more[0],
            f"各列中 {names[worst]} 弯曲最明显，{bends[1]}弯：加入其平方可解释残差平方和的 "
            f"{percent(share)}（{p_value(p)}{among[1]}）。" + more[1],
        )
        numbers = {
            "column": names[worst],
            "t": t,
            "share": share,
            "n_columns": len(tested),
            "columns": [names[j] for j in bent],
        }
        effect = self._small(share, Text("share explained", "解释的比例"))
        return Outcome(texts.CURVATURE, p, facts, numbers, effect=effect)

    def _reset(self, target: int, left: Array, lengths: Array) -> Outcome:
        found = specification(self.sample, target, left[:, :2], lengths[:2])
        if found.added == 0:
            return Outcome(texts.RESET, reason=NO_POWER)
        free = self.sample.free - found.added
        facts = Text(
            f"Squares and cubes of the fitted values would explain {percent(found.share)} of what "
            f"the regression leaves over: Ramsey's RESET F({found.added}, {free}) = "
            f"{number(found.f)}, {p_value(found.p)}.",
            f"加入拟合值的平方与立方可解释残差平方和的 {percent(found.share)}：Ramsey RESET 检验 "
            f"F({found.added}, {free}) = {number(found.f)}，{p_value(found.p)}。",
        )
        numbers = {
            "f": found.f,
            "df_numerator": found.added,
            "df_denominator": free,
            "share": found.share,
        }
        effect = self._small(found.share, Text("share explained", "解释的比例"))
        return Outcome(texts.RESET, found.p, facts, numbers, effect=effect)

    def _variance(self, check: Check, found: EqualVariance, target: int) -> Outcome:
        lm, p = float(found.lm[target]), float(found.p[target])
        share, degrees = float(found.share[target]), int(found.degrees[target])
        if np.isnan(p):
            return Outcome(check, reason=NO_SPREAD)
        what = FORMS[found.form]
        name = (
            ("Breusch and Pagan's test in Koenker's form", "Koenker 形式的 Breusch–Pagan 检验")
            if check is texts.BREUSCH_PAGAN
            else ("White's test", "White 检验")
        )
        facts = Text(
            f"Squared residuals regressed on {what.en}: {name[0]} LM = {number(lm)} with "
            f"{degrees} degree{'' if degrees == 1 else 's'} of freedom, {p_value(p)}, "
            f"R² = {percent(share)}.",
            f"以残差平方对{what.zh}回归：{name[1]}，LM = {number(lm)}，自由度 {degrees}，"
            f"{p_value(p)}，R² = {percent(share)}。",
        )
        numbers = {"lm": lm, "df": degrees, "r_squared": share, "regressed_on": found.form}
        return Outcome(check, p, facts, numbers, effect=self._small(share, Text("R²", "R²")))

    def _durbin_watson(self, target: int) -> Outcome:
        d = float(self.shape.durbin_watson[target])
        p = float("nan") if self.null is None else self.null.p(d)
        if self.null is None or np.isnan(p):
            return Outcome(texts.DURBIN_WATSON, reason=TOO_FEW)
        lean = Text("", "")
        if p <= self.thresholds.significance:
            lean = (
                Text(" Neighbours are alike.", "相邻误差彼此相似。")
                if d < self.null.mean
                else Text(" Neighbours alternate.", "相邻误差一正一负地交替。")
            )
        facts = Text(
            f"Durbin and Watson's d = {number(d)}, where independent errors give "
            f"{number(self.null.mean)} ± {number(self.null.variance**0.5)}, {p_value(p)}.{lean.en}",
            f"Durbin–Watson 统计量 d = {number(d)}，误差独立时应为 {number(self.null.mean)} ± "
            f"{number(self.null.variance**0.5)}，{p_value(p)}。{lean.zh}",
        )
        rho = 1 - d / 2
        effect = self._small(rho * rho, Text("squared autocorrelation", "自相关的平方"))
        numbers = {"d": d, "expected": self.null.mean, "autocorrelation": rho}
        return Outcome(texts.DURBIN_WATSON, p, facts, numbers, effect=effect, ordered=self.ordered)

    def _breusch_godfrey(self, target: int, left: Array, lengths: Array) -> Outcome:
        if self.lags < 1:
            return Outcome(texts.BREUSCH_GODFREY, reason=TOO_FEW)
        found = breusch_godfrey(self.sample, target, left[:, 2:], lengths[2:])
        if found.lags == 0:
            return Outcome(texts.BREUSCH_GODFREY, reason=TOO_FEW)
        facts = Text(
            f"Residuals regressed on the {found.lags} before them: Breusch and Godfrey's "
            f"LM = {number(found.lm)}, {p_value(found.p)}, R² = {percent(found.share)}.",
            f"以残差对其前 {found.lags} 个残差回归：Breusch–Godfrey 检验，LM = {number(found.lm)}，"
            f"{p_value(found.p)}，R² = {percent(found.share)}。",
        )
        numbers = {"lm": found.lm, "lags": found.lags, "r_squared": found.share}
        effect = self._small(found.share, Text("R²", "R²"))
        return Outcome(
            texts.BREUSCH_GODFREY, found.p, facts, numbers, effect=effect, ordered=self.ordered
        )

    def _normality(self, target: int) -> Outcome:
        shape, n = self.shape, self.sample.n
        p = float(shape.jarque_bera_p[target])
        if np.isnan(p) or n < 3:
            return Outcome(texts.NORMALITY, reason=TOO_FEW)
        skewness, kurtosis = float(shape.skewness[target]), float(shape.kurtosis[target]) - 3
        statistic = float(shape.jarque_bera[target])
        few = ("", "")
        if n < FEW:
            few = (" " + FEW_ROWS.en.format(n=n), FEW_ROWS.zh.format(n=n))
        facts = Text(
            f"Skewness {number(skewness)} and excess kurtosis {number(kurtosis)}, both 0 for a "
            f"normal distribution: Jarque and Bera's test {number(statistic)}, {p_value(p)}."
            f"{few[0]}",
            f"偏度 {number(skewness)}，超额峰度 {number(kurtosis)}，正态分布两者都是 0："
            f"Jarque–Bera 检验 {number(statistic)}，{p_value(p)}。{few[1]}",
        )
        limits = self.thresholds.skewness, self.thresholds.kurtosis
        effect = None
        if self.many and abs(skewness) < limits[0] and abs(kurtosis) < limits[1]:
            effect = Text(
                f"skewness below {limits[0]:g} and excess kurtosis below {limits[1]:g}",
                f"偏度低于 {limits[0]:g}，超额峰度低于 {limits[1]:g}",
            )
        numbers = {
            "jarque_bera": statistic,
            "skewness": skewness,
            "excess_kurtosis": kurtosis,
        }
        return Outcome(texts.NORMALITY, p, facts, numbers, effect=effect)

    def _outliers(self, target: int) -> Outcome:
        sizes = np.abs(self.studentized[:, target])
        known = ~np.isnan(sizes)
        count, free = int(known.sum()), self.sample.free - 1
        if count == 0 or free < 1:
            return Outcome(texts.OUTLIERS, reason=TOO_FEW)
        sizes = np.where(known, sizes, -1.0)
        limit = float(stats.t.isf(self.thresholds.significance / count / 2, free))
        rows = largest(sizes, limit)
        beyond = int((sizes[rows] > limit).sum())
        p = float(min(2 * stats.t.sf(sizes[rows[0]], free) * count, 1.0))
        most = float(self.studentized[rows[0], target])
        facts = Text(
            f"The largest residual, of row {rows[0]}, is {number(abs(most))} of its standard "
            f"errors: {p_value(p)} after Bonferroni's correction for {count} rows "
            "(rows counted from 0).",
            f"最大的残差在第 {rows[0]} 行，为其标准误的 {number(abs(most))} 倍：按 Bonferroni "
            f"方法对 {count} 行校正后 {p_value(p)}（行号从 0 起数）。",
        )
        if beyond > 1:
            named = rows_listed(rows)
            facts = Text(
                f"{facts.en} Rows beyond the limit: {named.en}.",
                f"{facts.zh}超出界限的行：{named.zh}。",
            )
        numbers = {
            "largest": most,
            "row": int(rows[0]),
            "rows": [int(row) for row in rows] if beyond else [],
        }
        return Outcome(texts.OUTLIERS, p, facts, numbers)
