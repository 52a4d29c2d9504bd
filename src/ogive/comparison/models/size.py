"""How large a fitted model is."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["count_parameters"]


def count_parameters(model: Any) -> int:
    """Count the numbers that a fitted model has learnt: weights and intercepts.

    Those of the models inside of a reduction or an ensemble, or at the end of a pipeline, count;
    0 where they cannot be told, as for trees and kernels.
    """
    if hasattr(model, "coefs_") and hasattr(model, "intercepts_"):
        return _size(*model.coefs_, *model.intercepts_)
    if hasattr(model, "coef_"):
        return _size(model.coef_, getattr(model, "intercept_", ()))
    if hasattr(model, "estimators_"):
        inside = np.asarray(list(model.estimators_), dtype=object).ravel()
        return sum(count_parameters(one) for one in inside)
    if hasattr(model, "steps"):
        return count_parameters(model.steps[-1][1])
    for name in ("best_estimator_", "estimator_", "regressor_"):
        if hasattr(model, name):
            return count_parameters(getattr(model, name))
    return 0


def _size(*parts: Any) -> int:
    return int(sum(np.size(part) for part in parts))
