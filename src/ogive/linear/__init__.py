"""Linear regression: least squares, its statistics, and the conditions under which to trust it."""

from ogive.linear.regression import LinearRegression

__all__ = ["LinearRegression"]
