"""Looks through a TransformedTargetRegressor at the network and the targets that it learns."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn.compose import TransformedTargetRegressor
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted

from ogive.text import Text

__all__ = ["Seen", "look_through"]


class Seen(NamedTuple):
    """A model without what transforms targets, targets as its network learns them, and a remark."""

    model: Any
    y: Any
    validation_data: Any
    remarks: tuple[Text, ...]


def look_through(model: Any, y: Any, validation_data: Any = None) -> Seen:
    """Return the model inside of a TransformedTargetRegressor, and targets transformed for it.

    The regressor may stand at the end of a pipeline, or be what a search found best; steps before
    it are kept. Anything else is returned as it is.

    Parameters
    ----------
    model : estimator
    y : array-like of shape (n_rows,) or (n_rows, n_outputs), or None
    validation_data : tuple (X, y), optional

    Raises
    ------
    sklearn.exceptions.NotFittedError
        If the regressor was not fitted.
    """
    inner, transformers = _inside(model)
    if not transformers:
        return Seen(model, y, validation_data, ())
    if isinstance(validation_data, tuple) and len(validation_data) == 2:
        validation_data = validation_data[0], _transformed(validation_data[1], transformers)
    told = ", ".join(type(one).__name__ for one in transformers)
    remark = Text(
        f"The targets were taken through {told}, as the network learns them; loss and score are "
        "of these.",
        f"目标先经过 {told} 变换，与网络学习时相同；损失和得分都是对变换后的目标而言的。",
    )
    return Seen(inner, _transformed(y, transformers), validation_data, (remark,))


def _inside(model: Any) -> tuple[Any, list[Any]]:
    """Return a model without its transformations of the targets, and these from the outside in."""
    if isinstance(model, TransformedTargetRegressor):
        check_is_fitted(model)
        inner, transformers = _inside(model.regressor_)
        return inner, [model.transformer_, *transformers]
    if hasattr(model, "best_estimator_"):
        inner, transformers = _inside(model.best_estimator_)
        return (inner, transformers) if transformers else (model, [])
    if isinstance(model, Pipeline) and model.steps:
        name, last = model.steps[-1]
        inner, transformers = _inside(last)
        if transformers:
            return Pipeline([*model.steps[:-1], (name, inner)]), transformers
    return model, []


def _transformed(y: Any, transformers: list[Any]) -> Any:
    if y is None:
        return None
    for one in transformers:
        values = np.asarray(y)
        values = one.transform(values.reshape(len(values), -1))
        # As `fit` does it.
        y = values.squeeze(axis=1) if values.ndim == 2 and values.shape[1] == 1 else values
    return y
