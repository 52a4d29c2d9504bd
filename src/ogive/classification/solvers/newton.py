"""Newton's method for the logistic loss: full Hessian by Cholesky, or conjugate gradients."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve, eigh, lapack

from ogive.classification.solvers.penalised_loss import Array, PenalisedLoss, Point
from ogive.classification.solvers.solving import Minimum
from ogive.linear.one_thread import on_one_thread

__all__ = ["Direction", "by_cholesky", "by_conjugate_gradients", "newton"]

Direction = Callable[[PenalisedLoss, Point], Array]

RESOLVED = 1e-13
"""A change of the loss that is smaller than this part of it says nothing: it is rounding."""


@on_one_thread
def newton(
    problem: PenalisedLoss,
    direction: Direction,
    *,
    tol: float,
    max_iter: int,
    start: tuple[Array, Array] | None = None,
) -> Minimum:
    """Minimise by Newton's method with backtracking.

    Parameters
    ----------
    problem : PenalisedLoss
    direction : callable
        `by_cholesky` or `by_conjugate_gradients`.
    tol : float
        It ends where no component of the gradient, in the user's units, is larger.
    max_iter : int
    start : tuple of coef and intercept, optional

    Returns
    -------
    Minimum
    """
    weights = np.zeros(problem.shape) if start is None else problem.weights_of(*start)
    weights = _centred(weights)
    point = problem.at(weights)
    n_iter, exhausted = 0, False
    while n_iter < max_iter and point.norm > tol and not exhausted:
        step = direction(problem, point)
        following = _search(problem, point, step)
        exhausted = following is None
        if following is not None:
            point, n_iter = following, n_iter + 1
    # No better step is known: that is the minimum if rounding alone makes as large a gradient.
    rounding = RESOLVED * problem.scale * (1.0 + float(np.abs(point.z).max(initial=0.0)))
    converged = point.norm <= tol or (exhausted and point.norm <= rounding)
    coef, intercept = problem.user_units(point.weights)
    return Minimum(coef, intercept, point.loss, point.norm, n_iter, converged)


def _search(problem: PenalisedLoss, point: Point, step: Array) -> Point | None:
    """Return a better point along `step`, or None where float64 knows none."""
    slope = float((step * point.gradient).sum())
    if not slope < 0:
        return None
    if -slope <= RESOLVED * abs(point.loss):
        # The loss cannot judge such a step, but the gradient can.
        following = problem.at(point.weights + step)
        return following if following.norm < point.norm else None
    dz = problem.outputs(step)
    length = 1.0
    while length > 1e-10:
        weights, z = point.weights + length * step, point.z + length * dz
        if problem.loss(weights, z) <= point.loss + 1e-4 * length * slope:
            return problem.at(weights)
        length /= 2.0
    return None


def _centred(weights: Array) -> Array:
    """Take the mean over the classes away.

    Adding the same to all classes changes no probability, so all that there is of a gradient in
    this direction, once the weights have no part in it, is rounding; and there may be no curvature.
    """
    return weights - weights.mean(axis=0) if len(weights) > 1 else weights


def by_conjugate_gradients(problem: PenalisedLoss, point: Point) -> Array:
    """Return Newton's step as exactly as the distance from the minimum makes worthwhile."""
    gradient = _centred(point.gradient)
    size = float(np.sqrt((gradient**2).sum()))
    enough = (min(0.1, np.sqrt(size)) * size) ** 2
    step = np.zeros_like(gradient)
    residual, search = -gradient, -gradient
    square = size**2
    for _ in range(min(500, 10 + gradient.size)):
        product = _centred(problem.hessian_product(point, search))
        curvature = float((search * product).sum())
        if curvature <= 1e-16 * square:
            break
        length = square / curvature
        step = step + length * search
        residual = residual - length * product
        last, square = square, float((residual**2).sum())
        if square <= enough:
            break
        search = residual + (square / last) * search
    return step if step.any() else -gradient


def by_cholesky(problem: PenalisedLoss, point: Point) -> Array:
    """Return Newton's step of the full Hessian; the shortest one where that is singular."""
    hessian = problem.hessian(point)
    outputs, unknowns = problem.shape
    if outputs > 1:
        # Where there is no curvature any will do, as the gradient has no component there either.
        own = np.arange(unknowns)
        mean = float(hessian.trace()) / hessian.shape[0]
        for a in range(outputs):
            for b in range(outputs):
                hessian[a * unknowns + own, b * unknowns + own] += mean / outputs
    gradient = _centred(point.gradient).ravel()
    try:
        factor = cho_factor(hessian, lower=True)
        conditioned, _ = lapack.dpocon(factor[0], np.abs(hessian).sum(axis=0).max(), uplo="L")
        if conditioned > 1e-13:
            step: Array = -cho_solve(factor, gradient).reshape(problem.shape)
            return step
    except LinAlgError:
        pass
    values, vectors = eigh(hessian)
    kept = values > 1e-12 * values[-1]
    inverse = vectors[:, kept] / values[kept]
    shortest: Array = -(inverse @ (vectors[:, kept].T @ gradient)).reshape(problem.shape)
    return shortest
