"""The families of models that can be compared, and how each is made."""

from ogive.comparison.models.making import make_estimator

__all__ = ["make_estimator"]
