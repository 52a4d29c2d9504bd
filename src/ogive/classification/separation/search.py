"""Whether a direction separates the classes, and which."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.classification.rows.rows import LabelledRows
from ogive.classification.separation.cone import STRICT, TOUCHING, Cone, UnsolvedError
from ogive.classification.separation.overlap import overlap_is_proved
from ogive.classification.solvers.newton import by_cholesky, by_conjugate_gradients, newton
from ogive.classification.solvers.penalised_loss import Array, PenalisedLoss
from ogive.linear.one_thread import on_one_thread

__all__ = ["Found", "Kind", "search"]

Kind = Literal["none", "quasi", "complete", "unknown"]

LARGEST = 2000
"""More unknowns than this have no matrix of their size formed."""
MOST_SPARED = 200
"""Of more unknowns than this, columns to do without are not sought."""
SOME_ROWS = 4000


class Found(NamedTuple):
    """What the search found.

    Attributes
    ----------
    kind : {"none", "quasi", "complete", "unknown"}
    coef, intercept : ndarray of shape (1 or n_classes, n_features), (1 or n_classes,), or None
        A direction, in the units of the columns, with zeros for columns that it does without.
    separated : ndarray of bool of shape (n_samples, n_classes - 1), or None
        Which rows it sets apart strictly from which other classes.
    """

    kind: Kind
    coef: Array | None = None
    intercept: Array | None = None
    separated: NDArray[np.bool_] | None = None


@on_one_thread
def search(
    rows: LabelledRows,
    n_classes: int,
    fit_intercept: bool,
    start: tuple[Array, Array] | None = None,
    *,
    thorough: bool = True,
    time_limit: float = 20.0,
) -> Found:
    """Search for a direction in which the loss falls for ever.

    Parameters
    ----------
    rows : LabelledRows
    n_classes : int
    fit_intercept : bool
    start : tuple of coef and intercept, optional
        Of a fit; the nearer it is to one without penalty, the sooner this ends.
    thorough : bool, default=True
        Whether to solve linear programs where nothing else decides. Otherwise "unknown" is the
        answer then.
    time_limit : float, default=20
        In seconds, of each linear program.

    Notes
    -----
    Konis (2007) decides by linear programming, Albert and Anderson (1984) say what is to be
    decided. Margins below 1e-9, of standardised columns and directions whose largest weight is 1,
    count as touching.
    """
    X = rows.X.astype(np.float64, copy=False)
    problem = PenalisedLoss(X, rows.label, n_classes, None, 0.0, fit_intercept)
    small = problem.shape[0] * problem.shape[1] <= LARGEST
    weights = None if start is None else problem.weights_of(*start)
    if small and _overlap_among_some(problem, weights):
        return Found("none")
    if weights is not None and small and overlap_is_proved(problem, weights):
        return Found("none")
    if weights is None or not _all_right(problem, weights):
        method = by_cholesky if small else by_conjugate_gradients
        fitted = newton(problem, method, tol=1e-9, max_iter=30, start=start)
        weights = problem.weights_of(fitted.coef, fitted.intercept)
        if small and overlap_is_proved(problem, weights):
            return Found("none")
    complete = _all_right(problem, weights)
    cone = Cone(problem, weights, time_limit)
    if not thorough:
        if not complete:
            return Found("unknown")
        everything = np.ones(cone.n_constraints, bool)
        return _found(cone, cone._flat(weights), everything)
    try:
        if complete:
            strict, direction = np.ones(cone.n_constraints, bool), cone._flat(weights)
        else:
            strict, direction = _support(cone)
    except UnsolvedError:
        return Found("unknown")
    if not strict.any():
        return Found("none")
    if cone.size <= MOST_SPARED:
        direction = _of_few_columns(cone, strict, direction)
    return _found(cone, direction, strict)


def _of_few_columns(cone: Cone, strict: NDArray[np.bool_], direction: Array) -> Array:
    """Return a direction like this one that does with few columns, if not with the fewest."""

    def least(columns: NDArray[np.intp] | None = None) -> Array | None:
        try:
            found = cone.least(strict, columns)
        except UnsolvedError:
            return None
        holds = np.all(cone.margins(found) >= np.where(strict, 0.5, -1e-6))
        return found if holds else None

    best = least()
    if best is None:
        return direction
    in_size = np.abs(cone.full(best)[:, : len(cone.problem.means)]).max(axis=0)
    used = np.flatnonzero(in_size > 1e-7 * in_size.max(initial=0.0))
    by_size = used[np.argsort(-in_size[used], kind="stable")]
    count = 1
    while count < len(used):
        fewer = least(by_size[:count])
        if fewer is not None:
            return fewer
        count *= 2
    return best


def _overlap_among_some(problem: PenalisedLoss, weights: Array | None) -> bool:
    """Return whether some thousand rows are enough to prove that classes overlap."""
    n, size = len(problem.label), problem.shape[0] * problem.shape[1]
    some = max(SOME_ROWS, 50 * size)
    if n < 3 * some:
        return False
    chosen = np.sort(np.random.default_rng(0).choice(n, some, replace=False))
    if weights is not None and overlap_is_proved(problem, weights, chosen):
        return True
    n_classes = 2 if problem.two_classes else problem.shape[0]
    label = problem.label[chosen]
    if len(np.unique(label)) < n_classes:
        return False
    part = PenalisedLoss(problem.X[chosen], label, n_classes, None, 0.0, problem.fit_intercept)
    fitted = newton(part, by_cholesky, tol=1e-6, max_iter=15)
    return overlap_is_proved(problem, problem.weights_of(fitted.coef, fitted.intercept), chosen)


def _all_right(problem: PenalisedLoss, weights: Array) -> bool:
    """Return whether the weights themselves separate all rows, by more than rounding."""
    z = problem.outputs(weights)
    label = problem.label
    if problem.two_classes:
        margins = np.where(label > 0, z[:, 0], -z[:, 0])
    else:
        each = np.arange(len(z))
        own = z[each, label]
        z[each, label] = -np.inf
        margins = own - z.max(axis=1)
    return bool(margins.min() > TOUCHING * max(float(np.abs(weights).max()), 1.0))


def _support(cone: Cone) -> tuple[NDArray[np.bool_], Array]:
    """Return which constraints some direction gives a margin, and a direction that does."""
    open_ = np.ones(cone.n_constraints, bool)
    direction = np.zeros(cone.size)
    # What one direction leaves without a margin another may give one: their weighted sum has all.
    for _ in range(cone.size):
        found = cone.some_direction(open_)
        if found is None:
            break
        margins = cone.margins(found)
        against = float(-margins.min(initial=0.0))
        if direction.any() and against > 0:
            settled = cone.margins(direction)[~open_]
            direction = direction * (2.0 * against / max(float(settled.min()), STRICT))
        direction = direction + found
        open_ &= margins <= STRICT
        if not open_.any():
            break
    return ~open_, direction


def _found(cone: Cone, direction: Array, strict: NDArray[np.bool_]) -> Found:
    full = cone.full(direction)
    in_size = np.abs(full[:, : len(cone.problem.means)])
    full[:, : len(cone.problem.means)][in_size <= 1e-7 * in_size.max(initial=0.0)] = 0.0
    weights = full[1:] if cone.n_classes == 2 else full
    coef, intercept = cone.problem.user_units(weights)
    separated = strict.reshape(len(cone.label), -1)
    return Found("complete" if strict.all() else "quasi", coef, intercept, separated)
