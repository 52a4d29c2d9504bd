"""Linear regression: least squares, its statistics, and the conditions under which to trust it."""

from typing import TYPE_CHECKING, Any

from ogive.linear.regression import LinearRegression

if TYPE_CHECKING:
    from ogive.linear.assumptions import (
        AssumptionReport,
        AssumptionResult,
        Thresholds,
        check_completeness,
    )

__all__ = [
    "AssumptionReport",
    "AssumptionResult",
    "LinearRegression",
    "Thresholds",
    "check_completeness",
]


def __getattr__(name: str) -> Any:
    """Import the checks when they are first used: SciPy's distributions take a while to load."""
    if name not in __all__:
        raise AttributeError(f"module 'ogive.linear' has no attribute {name!r}")
    from ogive.linear import assumptions

    return getattr(assumptions, name)
