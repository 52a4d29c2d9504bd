"""The two-class models of a reduction as one matrix, for `layered`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.logistic import LogisticRegression
from ogive.classification.one_vs_one import OneVsOneClassifier
from ogive.classification.one_vs_rest import OneVsRestClassifier
from ogive.classification.output_code import OutputCodeClassifier
from ogive.classification.rest.label_columns import ConstantModel
from ogive.export.reduction import Inside, Reduction
from ogive.linear import LinearRegression
from ogive.text import InputError

__all__ = ["REDUCTIONS", "parts_of_reduction"]

REDUCTIONS = (OneVsOneClassifier, OneVsRestClassifier, OutputCodeClassifier)
# Log odds of a label that every row had: the probability is 1 in float32 and float64.
CERTAIN = 1000.0


def parts_of_reduction(model: Any) -> dict[str, Any]:
    """Return what `Layered` holds of a fitted reduction, less the standardising.

    Raises
    ------
    InputError
        Where the models inside are not linear ones of this package.
    """
    inside = _inside(model)
    labels_apart = isinstance(model, OneVsRestClassifier) and model.multilabel_
    if isinstance(model, OneVsOneClassifier):
        reduction = Reduction.pairs(len(model.classes_), model.decision, inside)
    elif isinstance(model, OneVsRestClassifier):
        reduction = Reduction.against_rest(len(model.classes_), inside, labels_apart=labels_apart)
    else:
        reduction = Reduction.code_words(model.code_book_, model.classes_, model.decoding_, inside)
    coef, intercept = _matrix(model.estimators_, inside)
    return {
        "coefs": (coef,),
        "intercepts": (intercept,),
        "activations": (),
        "slopes": (),
        "last": "identity",
        "classes": np.asarray(model.classes_),
        "labels_apart": labels_apart,
        "single": False,
        "reduction": reduction,
    }


def _inside(model: Any) -> Inside:
    # Not of subclasses, which may predict otherwise.
    if type(model.estimator) is LogisticRegression:
        return "logistic"
    if type(model.estimator) is LinearRegression:
        return "least_squares"
    outer, inner = type(model).__name__, type(model.estimator).__name__
    raise InputError(
        f"{outer}({inner}) cannot be exported: the models inside have to be ogive's "
        "LogisticRegression or LinearRegression. Features are standardised outside: "
        f"make_pipeline(StandardScaler(), {outer}(LogisticRegression())).",
        f"{outer}({inner}) 无法导出：内部模型必须是 ogive 的 LogisticRegression 或 "
        "LinearRegression。标准化请放在外面："
        f"make_pipeline(StandardScaler(), {outer}(LogisticRegression()))。",
    )


def _matrix(models: Any, inside: Inside) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if hasattr(models, "coef_"):  # solved together; indexing would make an estimator of each
        return models.coef_.T.astype(np.float64), models.intercept_.astype(np.float64)
    rows = [
        None if isinstance(one, ConstantModel) else np.ravel(one.coef_).astype(np.float64)
        for one in models
    ]
    width = next((len(row) for row in rows if row is not None), models[0].n_features_in_)
    coef = np.array([np.zeros(width) if row is None else row for row in rows])
    intercept = [_intercept(one, inside) for one in models]
    return coef.T.copy(), np.array(intercept)


def _intercept(model: Any, inside: Inside) -> float:
    if not isinstance(model, ConstantModel):
        return float(np.ravel(model.intercept_)[0])
    if inside == "least_squares":
        return float(model.constant_)
    return CERTAIN if model.constant_ else -CERTAIN
