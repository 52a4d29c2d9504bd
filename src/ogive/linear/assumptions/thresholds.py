"""From where on a check calls something a tip or an issue."""

from __future__ import annotations

from dataclasses import dataclass, fields
from numbers import Integral, Real
from typing import Any

from ogive.text import InputError

__all__ = ["Thresholds"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds of the checks; the documentation gives their sources.

    Attributes
    ----------
    significance : float
        Level of every test.
    strength : float
        Adjusted R² below which the regression is called weak.
    many_rows : int
        Rows above which what a test finds also has to be large enough for an issue.
    small_effect : float
        Share of the variance that a departure has to explain among many rows.
    skewness, kurtosis : float
        Skewness and excess kurtosis, either of which the residuals have to reach among many rows.
    cook_tip, cook_issue : float
        Cook's distance.
    leverage : float
        Leverage of a single row.
    vif_tip, vif_issue : float
        Variance inflation factor.
    correlation : float
        Correlation of two columns that is an issue if it exceeds theirs with the target.
    rows_per_parameter : float
        Fewer rows for each coefficient are a tip.
    lags : int or None
        Lags of Breusch and Godfrey's test; None stands for 10, or a fifth of the rows if fewer.
    """

    significance: float = 0.05
    strength: float = 0.13
    many_rows: int = 5000
    small_effect: float = 0.02
    skewness: float = 0.5
    kurtosis: float = 1.0
    cook_tip: float = 0.5
    cook_issue: float = 1.0
    leverage: float = 0.5
    vif_tip: float = 5.0
    vif_issue: float = 10.0
    correlation: float = 0.7
    rows_per_parameter: float = 10.0
    lags: int | None = None

    @classmethod
    def of(cls, significance: Any, given: dict[str, Any]) -> Thresholds:
        """Return the thresholds with those that were `given` by name.

        Raises
        ------
        InputError
            For a name or a value that cannot be.
        """
        known = [field.name for field in fields(cls)]
        for name, value in {"significance": significance, **given}.items():
            if name not in known:
                raise InputError(
                    f"There is no threshold {name!r}; the thresholds are {', '.join(known)}.",
                    f"没有名为 {name!r} 的阈值；可用的阈值有：{'、'.join(known)}。",
                )
            whole = name in ("many_rows", "lags")
            if value is None and name == "lags":
                continue
            number = isinstance(value, Integral if whole else Real) and not isinstance(value, bool)
            most = 1.0 if name == "significance" else float("inf")
            if not number or not 0 < float(value) < most:
                kind = ("a whole number", "正整数") if whole else ("a number", "正数")
                top = (", below 1", "且小于 1") if name == "significance" else ("", "")
                raise InputError(
                    f"{name} must be {kind[0]} greater than 0{top[0]}. Got {value!r} instead.",
                    f"{name} 必须是{kind[1]}{top[1]}，得到的却是 {value!r}。",
                )
        return cls(significance=float(significance), **given)
