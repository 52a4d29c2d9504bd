"""All checks of a regression's conditions, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ogive.linear.assumptions import influential
from ogive.linear.assumptions.completeness import Inventory, check_table, take_stock
from ogive.linear.assumptions.completeness_texts import NAMES, check_rows
from ogive.linear.assumptions.dependence import check_dependence
from ogive.linear.assumptions.exclusion import (
    MOST_COLUMNS,
    check_inflation,
    check_pairs,
    correlations,
)
from ogive.linear.assumptions.linearity import CHECKS, check_linearity
from ogive.linear.assumptions.record import AssumptionResult, not_applicable
from ogive.linear.assumptions.report import AssumptionReport
from ogive.linear.assumptions.sample import Sample
from ogive.linear.assumptions.significance import check_significance
from ogive.linear.assumptions.tables import in_memory
from ogive.linear.assumptions.thresholds import Thresholds
from ogive.linear.given_rows import GivenRows, feature_names, find_rows, target_names
from ogive.linear.inference import infer
from ogive.linear.influence import Influence, influence_from
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.linear.regression import LinearRegression

__all__ = ["check_assumptions", "check_completeness"]

NO_ROWS = Text(
    "The model keeps no rows (it was loaded, or fitted with keep_rows=False or from a stream); "
    "give check_assumptions the X, y and sample_weight of the fit.",
    "模型没有保留数据行（它是加载得到的，或以 keep_rows=False 或流式方式拟合）；"
    "请把拟合时的 X、y 和 sample_weight 交给 check_assumptions。",
)
NO_FREEDOM = Text(
    "The fit leaves no residual degrees of freedom: its residuals are 0 whatever the errors are.",
    "拟合没有剩余自由度：无论误差如何，残差都是 0。",
)
PERFECT = Text(
    "The fit is perfect: its residuals are nothing but rounding, and have no distribution.",
    "完全拟合：残差只是舍入误差，谈不上分布。",
)


@on_one_thread
def check_assumptions(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    significance: float = 0.05,
    order: Any = None,
    **thresholds: Any,
) -> AssumptionReport:
    """Check the four conditions under which a fitted regression can be trusted.

    See `LinearRegression.check_assumptions`, which calls it.
    """
    limits = Thresholds.of(significance, thresholds)
    solution = model.solution_
    given = find_rows(model, X, y, sample_weight)
    names = feature_names(model)
    targets = given.rows.target_names if given is not None else target_names(model)
    called: list[str | None] = [None] if len(targets) == 1 else list(targets)
    sample = Sample.of(given, solution, order) if given is not None else None

    inference = infer(solution, constrained=bool(model.positive))
    results: list[AssumptionResult] = []
    for target, name in enumerate(called):
        results += check_significance(solution, inference, names, target, limits, name)
    results += _of_residuals(model, given, sample, limits, order, called)
    results += [check_dependence(solution, names), check_inflation(solution, names, limits)]
    found = correlations(sample) if sample is not None and 2 <= len(names) <= MOST_COLUMNS else None
    results += [
        check_pairs(len(names), sample, found, target, limits, name)
        for target, name in enumerate(called)
    ]
    results += _of_data(given, X, y, names, targets, bool(model.fit_intercept))
    n_coefficients = solution.n_features + int(solution.fit_intercept)
    free = solution.residual_degrees_of_freedom
    results.append(check_rows(solution.n_samples, n_coefficients, free, limits))
    return AssumptionReport(
        results,
        n_rows=solution.n_samples,
        n_columns=solution.n_features,
        target_names=targets,
        significance=limits.significance,
    )


def check_completeness(
    X: Any, y: Any = None, *, fit_intercept: bool = True, **thresholds: Any
) -> AssumptionReport:
    """Check whether a table is complete and fit for a regression, before fitting.

    `fit` refuses missing values; this says where they are, and what else stands in the way.

    Parameters
    ----------
    X : data frame, array or sparse matrix of shape (n_rows, n_columns)
        Features, of any type.
    y : series, data frame or array of shape (n_rows,) or (n_rows, n_targets), optional
        Targets.
    fit_intercept : bool, default=True
        Whether the regression will have a constant term, beside which a constant column has no
        place.
    **thresholds
        `rows_per_parameter`, see `LinearRegression.check_assumptions`.

    Returns
    -------
    AssumptionReport
        The results of the fourth condition, OGV231 to OGV238.

    Raises
    ------
    InputError
        For a table that has not two dimensions, or as many rows as `y`.

    Examples
    --------
    >>> import numpy as np
    >>> from ogive.linear import check_completeness
    >>> report = check_completeness([[1.0, 5.0], [np.nan, 5.0], [3.0, 5.0]])
    >>> [result.code for result in report.issues]
    ['OGV231', 'OGV234', 'OGV236']
    >>> report.of("OGV231").numbers["columns"]
    {'x0': {'count': 1, 'rows': [1]}}
    """
    limits = Thresholds.of(0.05, thresholds)
    features = take_stock(in_memory(X, "X"), "x")
    targets = None if y is None else take_stock(in_memory(y, "y", vector=True), "y")
    results = check_table(features, targets, fit_intercept=fit_intercept)
    incomplete = features.incomplete
    if targets is not None:
        incomplete = incomplete | targets.incomplete
    n = features.n_rows - int(incomplete.sum())
    n_coefficients = features.n_columns + int(fit_intercept)
    results.append(check_rows(n, n_coefficients, n - n_coefficients, limits))
    return AssumptionReport(results, n_rows=features.n_rows, n_columns=features.n_columns)


def _of_residuals(
    model: LinearRegression,
    given: GivenRows | None,
    sample: Sample | None,
    limits: Thresholds,
    order: Any,
    called: list[str | None],
) -> list[AssumptionResult]:
    """Return the results of condition 2."""
    names = [(check.code, check.name) for check in CHECKS]
    pairs = [*names, influential.COOK]
    if given is None or sample is None:
        missing = [not_applicable(*pair, NO_ROWS, 2, name) for name in called for pair in pairs]
        return [*missing, not_applicable(*influential.LEVERAGE, NO_ROWS, 2)]
    solution = model.solution_
    influence: Influence = influence_from(given, solution, constrained=bool(model.positive))
    leverage = influential.check_leverage(influence, limits)
    if solution.residual_degrees_of_freedom <= 0:
        none = [not_applicable(*pair, NO_FREEDOM, 2, name) for name in called for pair in pairs]
        return [*none, leverage]
    results = [leverage]
    tested = check_linearity(sample, influence, limits, order, len(called) == 1)
    for target, (name, found) in enumerate(zip(called, tested, strict=True)):
        if sample.perfect[target]:
            results += [not_applicable(*pair, PERFECT, 2, name) for pair in pairs]
        else:
            results += found
            results.append(influential.check_cook(influence, target, limits, name))
    return results


def _of_data(
    given: GivenRows | None,
    X: Any,
    y: Any,
    names: tuple[str, ...],
    targets: tuple[str, ...],
    fit_intercept: bool,
) -> list[AssumptionResult]:
    """Return the results of condition 4 save that of the number of rows."""
    if given is None:
        return [
            not_applicable(code, name, NO_ROWS, 4)
            for code, name in NAMES.items()
            if code != "OGV236"
        ]
    rows: FittedRows = given.rows
    features = take_stock(rows.X if X is None else X, "x", names)
    wanted: Inventory = take_stock(rows.y if y is None else y, "y", targets)
    return check_table(features, wanted, fit_intercept=fit_intercept)
