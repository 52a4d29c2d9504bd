"""Many two-class problems by least squares, from sums over the rows of each class.

The centred cross-products of some classes together follow from those of each, so X is read once
and no problem needs its rows. Problems of the same classes share one factorisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.classification.problems.least_squares_models import LeastSquaresModels
from ogive.classification.problems.least_squares_rows import fit_from_rows
from ogive.classification.problems.pair_totals import BLOCK_BYTES
from ogive.classification.problems.problems import Problems
from ogive.linear import LinearRegression
from ogive.linear.moments import Moments, Twofold
from ogive.linear.one_thread import on_one_thread

__all__ = ["fit_least_squares"]

Array = NDArray[np.float64]

# Problems whose columns, scaled to norm 1, have products of a larger condition number, and fits of
# which less than this share of the squares is left, are fitted in double-double from the rows.
MOST_CONDITION = 1e5
LEAST_REST = 1e-9
# Beyond these, squares of columns overflow or vanish.
LEAST_SQUARE, MOST_SQUARE = 1e-200, 1e200
EXACT = 2**53


class ClassSums(NamedTuple):
    """Weight, means and cross-products (about the means, or 0) of the rows of each class."""

    weight: Array  # (n_classes,)
    mean: Array  # (n_classes, n_features); 0 without constant term
    low: Array  # what the means have beyond double precision
    sums: Array  # (n_classes, n_features) of the columns; 0 with constant term
    products: Array  # (n_classes, n_features, n_features)


def fit_least_squares(
    estimator: Any,
    X: Any,
    class_index: NDArray[np.int32],
    problems: Problems,
    fit_params: dict[str, Any],
    negative: int,
    n_jobs: int | None,
) -> LeastSquaresModels | None:
    """Fit a LinearRegression to each problem; see `fit_problems` for the parameters.

    Returns
    -------
    LeastSquaresModels or None
        None where each has to be fitted by itself: estimators of another class (or solver, or
        ``positive=True``), X that is sparse or not finite, and parameters of ``fit`` other than
        usable weights.
    """
    if type(estimator) is not LinearRegression or not _usable(estimator, X, fit_params):
        return None
    weight = fit_params.get("sample_weight")
    moments = class_moments(X, class_index, problems.n_classes, weight, estimator.fit_intercept)
    if moments is None:
        return None
    sums = _class_sums(moments)
    n_features = X.shape[1]
    coef = np.empty((len(problems), n_features))
    intercept = np.zeros(len(problems))
    alone = np.zeros(len(problems), dtype=np.bool_)
    with np.errstate(all="ignore"):
        for chosen, members, values in _groups(problems, negative, n_features):
            solved = _solve(sums, members, values, estimator.fit_intercept)
            coef[chosen], intercept[chosen], alone[chosen] = solved
    hard = np.flatnonzero(alone)
    fitted = fit_from_rows(estimator, X, class_index, problems, hard, weight, negative)
    for j, one in fitted.items():
        coef[j], intercept[j] = one.coef_, one.intercept_
    dtype = X.dtype if X.dtype == np.float32 else np.dtype(np.float64)
    return LeastSquaresModels(
        estimator, coef, intercept, problems, moments, negative, dtype, fitted
    )


def _usable(estimator: Any, X: Any, fit_params: dict[str, Any]) -> bool:
    if estimator.solver != "qr" or estimator.positive or set(fit_params) - {"sample_weight"}:
        return False
    if not isinstance(X, np.ndarray) or X.dtype.kind not in "fiu" or X.dtype.itemsize > 8:
        return False
    if X.dtype.kind in "iu" and X.size and np.abs(X.astype(np.float64)).max() > EXACT:
        return False
    weight = fit_params.get("sample_weight")
    if weight is None:
        return True
    weight = np.asarray(weight)
    return (
        weight.shape == (X.shape[0],)
        and weight.dtype.kind in "fiub"
        and bool(np.all((weight >= 0) & (weight < np.inf)))
    )


def class_moments(
    X: NDArray[Any],
    class_index: NDArray[np.int32],
    n_classes: int,
    weight: Any,
    fit_intercept: bool,
) -> list[Moments] | None:
    """Return the moments of the rows of each class beside a target of 1.

    None where X is not finite, or where a class has no row of any weight.
    """
    order = np.argsort(class_index, kind="stable")
    rows_of = np.split(order, np.cumsum(np.bincount(class_index, minlength=n_classes))[:-1])
    weight = None if weight is None else np.asarray(weight, dtype=np.float64)
    if X.dtype not in (np.float32, np.float64):
        X = X.astype(np.float64)
    found = []
    for rows in rows_of:
        moments = Moments(X.shape[1], 1, fit_intercept)
        own = None if weight is None else weight[rows]
        if not moments.add(X[rows], np.ones((len(rows), 1)), own) or moments.n_samples == 0:
            return None
        found.append(moments)
    return found


def _class_sums(moments: list[Moments]) -> ClassSums:
    p = moments[0].n_features
    n_classes = len(moments)
    sums = ClassSums(
        np.array([one.sum_of_weights for one in moments]),
        np.empty((n_classes, p)),
        np.empty((n_classes, p)),
        np.empty((n_classes, p)),
        np.empty((n_classes, p, p)),
    )
    for c, one in enumerate(moments):
        means = one.means
        sums.mean[c], sums.low[c] = means.high[:p], means.low[:p]
        upper = Twofold(*one._state.products).rounded()[: p * (p + 1)].reshape(p, p + 1)
        sums.sums[c] = upper[:, p]
        sums.products[c] = np.triu(upper[:, :p]) + np.triu(upper[:, :p], 1).T
    return sums


def _groups(
    problems: Problems, negative: int, n_features: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int32], Array]]:
    """Yield problems of equally many classes: their numbers, their classes, and the labels."""
    lengths = np.diff(problems.starts)
    for k in np.unique(lengths):
        numbers = np.flatnonzero(lengths == k)
        step = max(1, BLOCK_BYTES // (8 * (4 * n_features**2 + 2 * int(k) * n_features) + 1))
        for chosen in np.split(numbers, range(step, len(numbers), step)):
            at = problems.starts[chosen][:, None] + np.arange(k)
            yield chosen, problems.members[at], np.where(problems.sides[at] > 0, 1.0, negative)


@on_one_thread
def _solve(
    sums: ClassSums, members: NDArray[np.int32], values: Array, fit_intercept: bool
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Return coefficients, constant terms, and which problems need the rows."""
    sets, of_problem = np.unique(members, axis=0, return_inverse=True)
    of_problem = of_problem.ravel()
    weight = sums.weight[sets]  # (n_sets, k)
    whole = weight.sum(axis=1)
    products = sums.products[sets].sum(axis=1)
    # Means as distances from that of the first class, in which large common parts have gone.
    first = sets[:, :1]
    away = (sums.mean[sets] - sums.mean[first]) + (sums.low[sets] - sums.low[first])
    centre = np.einsum("sk,skp->sp", weight, away) / whole[:, None]
    away -= centre[:, None]
    products += np.einsum("sk,skp,skq->spq", weight, away, away, optimize=True)
    size = np.sqrt(np.einsum("spp->sp", products))
    # A constant column has coefficient 0.
    flat = size == 0
    size[flat] = 1
    products += np.eye(size.shape[1]) * flat[:, None]
    bad = ~np.all((size**2 > LEAST_SQUARE) & (size**2 < MOST_SQUARE), axis=1)
    size[bad] = 1
    products[bad] = np.eye(size.shape[1])
    products /= size[:, :, None] * size[:, None, :]
    inverse = _inverses(products)
    norm = np.abs(products).sum(axis=1).max(axis=1, initial=1.0)
    condition = norm * np.abs(inverse).sum(axis=1).max(axis=1, initial=1.0)
    bad |= ~(condition <= MOST_CONDITION)

    w, d = weight[of_problem], away[of_problem]
    mean_value = (w * values).sum(axis=1) / whole[of_problem]
    centred = values - mean_value[:, None] if fit_intercept else values
    right = (
        np.einsum("jk,jkp->jp", w * centred, d)
        if fit_intercept
        else np.einsum("jk,jkp->jp", values, sums.sums[members])
    )
    scaled = right / size[of_problem]
    solved = _times(inverse, scaled, of_problem)
    solved += _times(inverse, scaled - _times(products, solved, of_problem), of_problem)
    total = (w * centred**2).sum(axis=1)
    rest = total - (solved * scaled).sum(axis=1)
    alone = bad[of_problem] | ~(rest > LEAST_REST * total)
    coef = solved / size[of_problem]
    intercept = np.zeros(len(coef))
    if fit_intercept:
        # Of the classes' common part and of what is about it, the small one last.
        base = sums.mean[first[of_problem, 0]]
        intercept = mean_value - (
            (base * coef).sum(axis=1) + (centre[of_problem] * coef).sum(axis=1)
        )
        lost = np.finfo(float).eps * (np.abs(base) * np.abs(coef)).sum(axis=1)
        alone |= lost > 1e-12 * np.maximum(np.abs(intercept), 1e-3)
    return coef, intercept, alone


def _inverses(matrices: Array) -> Array:
    try:
        return np.asarray(np.linalg.inv(matrices), dtype=np.float64)
    except np.linalg.LinAlgError:
        pass
    inverses = np.full(matrices.shape, np.nan)
    for one, matrix in enumerate(matrices):
        try:
            inverses[one] = np.linalg.inv(matrix)
        except np.linalg.LinAlgError:
            continue
    return inverses


def _times(matrices: Array, vectors: Array, of_vector: NDArray[np.intp]) -> Array:
    """Return each vector times the matrix it belongs to."""
    if len(matrices) == 1:
        return np.asarray(vectors @ matrices[0].T)
    return np.asarray(np.einsum("jpq,jq->jp", matrices[of_vector], vectors))
