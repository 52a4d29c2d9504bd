"""The rows of each pair of classes, and fitting its models further with rows that come later."""

from __future__ import annotations

from typing import Any

import numpy as np
from joblib import effective_n_jobs
from numpy.typing import NDArray
from sklearn.base import clone, is_regressor
from sklearn.utils.multiclass import _check_partial_fit_first_call
from sklearn.utils.parallel import Parallel, delayed
from sklearn.utils.validation import _check_method_params

from ogive.classification.labels.labels import Labels, checked_labels, refuse_single
from ogive.classification.problems.models import EstimatorModels
from ogive.text import InputError

__all__ = ["begin_pairs", "partial_fit_pairs", "rows_of_pairs"]


def rows_of_pairs(labels: Labels) -> list[NDArray[np.intp]]:
    """Return the rows of each pair of classes, in ascending order."""
    own = _rows_of_classes(labels.index, len(labels.classes))
    return [
        np.sort(np.concatenate([own[i], own[j]]))
        for i in range(len(own))
        for j in range(i + 1, len(own))
    ]


def begin_pairs(model: Any, classes: Any) -> bool:
    """Return whether this is the first call of `partial_fit`, and note the classes if so."""
    if classes is not None:
        given = checked_labels(classes, least=1).classes
        if len(given) == 1:
            refuse_single(
                given[0],
                " in `classes`. OneVsOneClassifier can not be fit when only one class is present",
                "（参数 `classes`）。只有一个类别时无法拟合 OneVsOneClassifier",
            )
    return bool(_check_partial_fit_first_call(model, classes))


def partial_fit_pairs(model: Any, X: Any, y: Any, params: dict[str, Any], first_call: bool) -> None:
    """Fit the models of all pairs further; `estimators_` of `model` is replaced.

    Raises
    ------
    InputError
        Where y holds a class that is not in ``model.classes_``.
    """
    index = _places(y, X.shape[0], model.classes_)
    n_classes = len(model.classes_)
    if first_call:
        n_pairs = n_classes * (n_classes - 1) // 2
        estimators = [clone(model.estimator) for _ in range(n_pairs)]
    else:
        # Those of an earlier `fit` may have been made together, and be no list.
        estimators = list(model.estimators_)
    own = _rows_of_classes(index, n_classes)
    tasks = (
        (estimators[k], X, own[i], own[j], params)
        for k, (i, j) in enumerate(
            (i, j) for i in range(n_classes) for j in range(i + 1, n_classes)
        )
    )
    if effective_n_jobs(model.n_jobs) == 1:
        fitted = [_partial_fit(*task) for task in tasks]
    else:
        fitted = Parallel(n_jobs=model.n_jobs)(delayed(_partial_fit)(*task) for task in tasks)
    model.estimators_ = EstimatorModels(fitted, model.n_jobs)


def _partial_fit(
    estimator: Any,
    X: Any,
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    params: dict[str, Any],
) -> Any:
    rows = np.concatenate([first, second])
    if len(rows) == 0:
        return estimator
    y = np.repeat([0, 1], [len(first), len(second)])
    order = np.argsort(rows)
    own = _check_method_params(X, params=params, indices=rows[order])
    if not is_regressor(estimator):
        own = {"classes": np.array((0, 1)), **own}
    return estimator.partial_fit(X[rows[order]], y[order], **own)


def _places(y: Any, n_samples: int, classes: NDArray[Any]) -> NDArray[np.int32]:
    labels = checked_labels(y, n_samples, least=1)
    given = labels.classes
    unseen = np.setdiff1d(given, classes)
    if len(unseen):
        raise InputError(
            f"Mini-batch contains {given} while it must be subset of {classes}: {unseen[0]!r} is "
            "not among the classes of the first call of partial_fit. Begin anew, with all classes "
            "in `classes`.",
            f"本批数据的类别为 {given}，但只能取自 {classes}：{unseen[0]!r} 不在首次调用 "
            "partial_fit 的类别之中。请重新开始，并在 `classes` 中给出全部类别。",
        )
    place: NDArray[np.int32] = np.searchsorted(classes, given).astype(np.int32)
    return place[labels.index]


def _rows_of_classes(index: NDArray[np.int32], n_classes: int) -> list[NDArray[np.intp]]:
    order = np.argsort(index, kind="stable")
    return np.split(order, np.cumsum(np.bincount(index, minlength=n_classes))[:-1])
