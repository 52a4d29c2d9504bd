"""Logistic and softmax regression learned by gradient descent, on all rows or on batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.linalg import LinearOperator, eigsh
from sklearn.utils import check_random_state

from ogive.classification.solvers.descent_text import outcome_text
from ogive.classification.solvers.penalised_loss import Array, PenalisedLoss
from ogive.classification.solvers.solving import Minimum
from ogive.linear.descent import DIVERGED, Settings
from ogive.linear.descent_record import Descent, Trace
from ogive.linear.one_thread import on_one_thread

__all__ = ["LogisticDescent", "descend"]

EXACTLY = 1000
"""Up to so many columns the largest eigenvalue is computed from the matrix itself."""

DECAY = 0.75
"""Exponent of the decaying rate: above 1/2, so that it ends at the minimum, and below 1, so that
it gets there without knowing the curvature (Bottou, Curtis and Nocedal, SIAM Review 60, 2018)."""


@dataclass(frozen=True)
class LogisticDescent(Descent):
    """The trace of a gradient descent, in the user's units.

    Of a long descent only a part of the steps is recorded, the first hundred and the last always.

    Attributes
    ----------
    coef : ndarray of shape (n_records, n_features) or (n_records, n_classes, n_features)
        Starts with zeros, or where a warm start begins.
    intercept : ndarray of shape (n_records,) or (n_records, n_classes)
    loss : ndarray of shape (n_records,)
        Weighted mean of ``-ln(probability of the right class)`` over all rows, with the penalty.
    step : ndarray of shape (n_records,)
        Number of steps taken before.
    epoch : ndarray of shape (n_records,)
        Passes over the data before, with fractions.
    n_steps : int
        Steps taken in all.
    learning_rate : float
        Of the first step, for scaled columns.
    learning_rate_limit : float
        2/L, L bounding the curvature of the loss: below it every step on all rows makes the loss
        smaller; above it the descent may diverge.
    batch_size : int or None
        None where each step saw all rows.
    converged, diverged : bool
    text : Text or None
        What went wrong and what to do, where it did not converge.
    """


@on_one_thread
def descend(
    problem: PenalisedLoss, settings: Settings, start: tuple[Array, Array] | None = None
) -> tuple[Minimum, LogisticDescent]:
    """Minimise the penalised mean loss by gradient descent on centred and scaled columns.

    Parameters
    ----------
    problem : PenalisedLoss
        Whose weights are descended by.
    settings : Settings
    start : tuple of coef and intercept, optional
        Zeros if left out.

    Returns
    -------
    minimum : Minimum
        The last step; its `n_iter` counts epochs.
    descent : LogisticDescent

    Notes
    -----
    The loss of a row has no more curvature than 1/4 of its squared norm for two classes, 1/2 for
    more. So L, the largest eigenvalue of that part of the columns' correlation matrix plus the
    penalty's curvature, bounds that of the mean loss. ``learning_rate="auto"`` takes 1/L for steps
    on all rows. For batches it takes the inverse of their expected curvature (Gower et al., ICML
    2019) in the first epoch, and that times ``(1 + epochs)**-0.75`` later.
    """
    curvature = 0.25 if problem.two_classes else 0.5
    largest = _largest_curvature(problem, curvature)
    n = problem.X.shape[0]
    size = settings.batch_size
    batch = None if size is None or size >= n else size
    automatic = isinstance(settings.learning_rate, str)
    if not automatic:
        rate = float(settings.learning_rate)
    elif batch is None:
        rate = 1.0 / largest if largest > 0 else 1.0
    else:
        whole = n * (batch - 1) / (batch * max(1, n - 1))
        single = (n - batch) / (batch * max(1, n - 1))
        rate = 1.0 / (whole * largest + single * _largest_row(problem, curvature))
    weights = np.zeros(problem.shape) if start is None else problem.weights_of(*start)
    run = _Run(problem, settings, weights, rate)
    with np.errstate(over="ignore", invalid="ignore"):
        state = run.full() if batch is None else run.batches(batch, DECAY if automatic else 0.0)
        losses = np.array([problem.loss(w, problem.outputs(w)) for w in run.trace.values()])
        norm = run.norm if state != "diverged" else problem.at(run.trace.values()[-1]).norm
    steps = run.trace.steps()
    per_epoch = 1 if batch is None else -(-n // batch)
    epochs = steps / per_epoch
    coef, intercept = problem.user_units(run.trace.values())
    limit = 2.0 / largest if largest > 0 else np.inf
    descent = LogisticDescent(
        coef=coef[:, 0] if problem.two_classes else coef,
        intercept=intercept[:, 0] if problem.two_classes else intercept,
        loss=losses,
        step=steps,
        epoch=epochs,
        n_steps=int(steps[-1]),
        learning_rate=rate,
        learning_rate_limit=limit,
        batch_size=batch,
        converged=state == "converged",
        diverged=state == "diverged",
        text=outcome_text(state, batch, rate, limit, settings, norm, automatic),
    )
    n_epochs = int(np.ceil(epochs[-1]))
    minimum = Minimum(
        coef[-1].copy(), intercept[-1].copy(), float(losses[-1]), norm, n_epochs,
        descent.converged,
    )  # fmt: skip
    return minimum, descent


class _Run:
    """One descent under way."""

    def __init__(
        self, problem: PenalisedLoss, settings: Settings, weights: Array, rate: float
    ) -> None:
        self.problem, self.settings, self.rate = problem, settings, rate
        self.start, self.trace = weights, Trace(weights)
        self.first = problem.loss(weights, problem.outputs(weights))
        self.norm = np.inf

    def _look(self, weights: Array) -> tuple[str | None, Array]:
        """Return how the descent ended here, or None, and the gradient of all rows."""
        problem = self.problem
        z = problem.outputs(weights)
        gradient, self.norm = problem.gradient(weights, problem.probabilities(z))
        self.loss = problem.loss(weights, z)
        if self.norm <= self.settings.tol:
            return "converged", gradient
        # What is not a number is not below anything either.
        if not (self.loss < DIVERGED * max(self.first, 1e-300) and self.norm < 1e150):
            return "diverged", gradient
        return None, gradient

    def _end(self, state: str | None) -> str:
        self.trace.finish()
        return state or ("diverged" if self.loss > self.first else "max_iter")

    def full(self) -> str:
        weights = self.start
        state, gradient = self._look(weights)
        for step in range(1, self.settings.max_iter + 1):
            if state is not None:
                break
            weights = weights - self.rate * gradient
            state, gradient = self._look(weights)
            self.trace.add(step, weights)
        return self._end(state)

    def batches(self, size: int, decay: float) -> str:
        problem, weights, step = self.problem, self.start, 0
        n = problem.X.shape[0]
        per_epoch = -(-n // size)
        random = check_random_state(self.settings.random_state)
        state, _ = self._look(weights)
        for _ in range(self.settings.max_iter):
            if state is not None:
                break
            order = random.permutation(n) if self.settings.shuffle else np.arange(n)
            for first in range(0, n, size):
                rows: NDArray[np.intp] = order[first : first + size]
                p = problem.probabilities(problem.outputs(weights, rows))
                # The last batch of an epoch, which may be small, counts by its rows.
                rate = self.rate * (1.0 + step / per_epoch) ** -decay * (len(rows) / size)
                weights = weights - rate * problem.gradient(weights, p, rows)[0]
                step += 1
                self.trace.add(step, weights)
            state, _ = self._look(weights)
        return self._end(state)


def _largest_curvature(problem: PenalisedLoss, curvature: float) -> float:
    """Return L: the largest eigenvalue of the matrix that bounds the Hessian of one output."""
    k, unknowns = len(problem.means), problem.shape[1]
    pull = np.zeros(unknowns)
    pull[:k] = problem.penalty * problem.factors**2
    if unknowns <= EXACTLY:
        bound = np.zeros((unknowns, unknowns))
        for rows in problem.blocks(unknowns):
            x = problem.unit_rows(rows)
            bound += curvature * (x.T @ (x * problem.shares[rows, None]))
        return float(np.linalg.eigvalsh(bound + np.diag(pull))[-1])

    def product(v: Array) -> Array:
        v = np.ravel(v)
        weights = np.zeros((1, unknowns))
        weights[0] = v
        z = problem.outputs(weights)[:, 0] * problem.shares * curvature
        by_unit = np.full(unknowns, z.sum())
        by_unit[:k] = (np.asarray(problem.X.T @ z) - z.sum() * problem.means) * problem.factors
        return by_unit + pull * v

    operator = LinearOperator((unknowns, unknowns), matvec=product, dtype=np.float64)
    start = np.random.default_rng(0).normal(size=unknowns)
    return 1.01 * float(eigsh(operator, 1, v0=start, tol=1e-3, return_eigenvectors=False)[0])


def _largest_row(problem: PenalisedLoss, curvature: float) -> float:
    """Return the largest curvature of the loss of a single row, weighed as if it were all."""
    n, largest = problem.X.shape[0], 0.0
    for rows in problem.blocks(problem.shape[1]):
        x = problem.unit_rows(rows)
        norms = np.einsum("ij,ij->i", x, x) * problem.shares[rows]
        largest = max(largest, float(norms.max(initial=0.0)) * n)
    pull = float((problem.penalty * problem.factors**2).max(initial=0.0))
    return curvature * largest + pull
