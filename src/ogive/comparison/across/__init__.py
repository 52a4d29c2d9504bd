"""Several comparisons seen together, for what holds beyond a single data set."""

from ogive.comparison.across.across import Across

__all__ = ["Across"]
