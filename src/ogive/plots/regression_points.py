"""The rows of a regression as its plots need them, computed once for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.linear import LinearRegression

__all__ = ["MANY", "RegressionPoints", "drawn", "points_of", "regression_points", "sample_note"]

MANY = 5000
"""Above as many rows a sample is drawn."""
SAMPLE = 2000
EXTREME = 25
SEED = 0
NOTE = Text(
    "{shown:,} of {total:,} rows are drawn: a random sample and the most extreme ones.",
    "共 {total:,} 行，画出 {shown:,} 行：随机抽样，并含最极端的行。",
)
LINE_NOTE = Text(" The line is that of all rows.", "线由全部数据得出。")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RegressionPoints:
    """Fitted values, residuals and influence of the rows of one target; those of weight 0 left out.

    Attributes
    ----------
    rows : ndarray of int of shape (n,)
        Numbers of the rows, counted from 0 as in an array.
    observed, fitted : ndarray of shape (n,)
        Targets and fitted values.
    residuals : ndarray of shape (n,)
        Observed less fitted values, times the root of the weight.
    standardised : ndarray of shape (n,)
        Residuals by their own standard errors; NaN where there is no such thing.
    leverage, cooks_distance : ndarray of shape (n,)
        How far a row can pull the fit, and how far it does.
    weighted : bool
        Whether there are weights.
    n_parameters : int
        Number of coefficients, the constant included.
    target_name : str
        Name of the target.
    shown : ndarray of int
        Places of the rows that are drawn: all, or a seeded sample with the most extreme rows.
    """

    rows: NDArray[np.intp]
    observed: Floats
    fitted: Floats
    residuals: Floats
    standardised: Floats
    leverage: Floats
    cooks_distance: Floats
    weighted: bool
    n_parameters: int
    target_name: str
    shown: NDArray[np.intp]

    @property
    def can_standardise(self) -> bool:
        """Whether any residual has a standard error."""
        return bool(np.isfinite(self.standardised).any())

    def require_standardised(self) -> RegressionPoints:
        """Return itself, or say why residuals cannot be standardised."""
        if not self.can_standardise:
            raise InputError(
                "The residuals cannot be standardised: the fit passes through every row, has no "
                "degrees of freedom left, or is not one of least squares (solver='gd', "
                "positive=True); give more rows than coefficients, or use solver='qr'.",
                "无法计算标准化残差：拟合经过了每一行，或没有剩余自由度，或不是最小二乘拟合"
                "（solver='gd'、positive=True）；请提供比系数更多的行，或使用 solver='qr'。",
            )
        return self


def regression_points(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    target: int = 0,
    target_name: str | None = None,
) -> RegressionPoints:
    """Compute what the residual plots draw, so that several of them share it.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none.
    target : int, default=0
        Which of several targets.
    target_name : str, optional
        What the target is called in the plots; by default its name in the fit.

    Returns
    -------
    RegressionPoints

    Raises
    ------
    InputError
        Where the model keeps no rows and none are given, where they are not those of the fit, and
        where there is no such target.
    """
    from ogive.linear.given_rows import get_rows
    from ogive.linear.influence import influence_of

    given = get_rows(model, X, y, sample_weight)
    n_targets = given.residuals.shape[1]
    if isinstance(target, bool) or not 0 <= target < n_targets:
        raise InputError(
            f"target must be a whole number from 0 to {n_targets - 1}. Got {target!r} instead.",
            f"target 必须是 0 到 {n_targets - 1} 的整数，得到的却是 {target!r}。",
        )
    influence = influence_of(model, X, y, sample_weight)
    weight = given.rows.weights()
    used = np.flatnonzero(weight > 0)
    observed = np.asarray(given.rows.y[used, target], dtype=np.float64)
    residuals = given.residuals[used, target]

    def of_target(values: Floats) -> Floats:
        return (values if values.ndim == 1 else values[:, target])[used]

    standardised = of_target(influence.internally_studentized)
    cooks_distance = of_target(influence.cooks_distance)
    weighted = residuals * np.sqrt(weight[used])
    return RegressionPoints(
        rows=used,
        observed=observed,
        fitted=observed - residuals,
        residuals=weighted,
        standardised=standardised,
        leverage=influence.leverage[used],
        cooks_distance=cooks_distance,
        weighted=given.rows.weight is not None,
        n_parameters=influence.n_parameters,
        target_name=target_name or given.rows.target_names[target],
        shown=drawn(used.size, np.abs(weighted), cooks_distance),
    )


def points_of(model: LinearRegression | RegressionPoints) -> RegressionPoints:
    """Return the points of a model, or those given."""
    return model if isinstance(model, RegressionPoints) else regression_points(model)


def sample_note(shown: int, total: int, language: Language, *, line: bool = True) -> str | None:
    """Return the sentence that says that a sample is drawn, or None where all rows are."""
    if shown == total:
        return None
    said = NOTE.to(language, shown=shown, total=total)
    return said + LINE_NOTE.to(language) if line else said


def drawn(n: int, *sizes: Floats) -> NDArray[np.intp]:
    """Return the places of the rows to draw: all, or a sample with the largest of each of `sizes`.

    The sample is the same each time, whatever the version of NumPy.
    """
    if n <= MANY:
        return np.arange(n)
    chosen = np.random.RandomState(SEED).randint(0, n, SAMPLE)
    extreme = [np.argpartition(np.nan_to_num(size), -EXTREME)[-EXTREME:] for size in sizes]
    return np.unique(np.concatenate([chosen, *extreme])).astype(np.intp)
