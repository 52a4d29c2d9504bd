"""Least squares learned by gradient descent: full, mini-batch or one sample at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.linalg import lapack
from sklearn.utils import check_random_state

from ogive.linear.agreement import right_digits
from ogive.linear.descent_record import Descent, Trace, outcome_text
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution
from ogive.linear.standardised import Standardised

__all__ = ["Settings", "descend"]

DIVERGED = 1e6
"""The descent stops as diverged where the loss is this many times what it was at the start."""

ROWS_AT_ONCE = 64


@dataclass(frozen=True)
class Settings:
    """How to descend: the parameters of LinearRegression of the same names."""

    batch_size: int | None
    learning_rate: Any
    max_iter: int
    tol: float
    shuffle: bool
    random_state: Any


@on_one_thread
def descend(rows: FittedRows, exact: Solution, settings: Settings) -> tuple[Solution, Descent]:
    """Minimise half the weighted mean squared error by gradient descent from zero coefficients.

    Features and targets are standardised (divided by their root mean square where there is no
    constant term) and the coefficients are turned back, so the learning rate has no unit: a full
    descent converges for rates below 2/λmax, λmax being the largest eigenvalue of the correlation
    matrix of the features (of 1 at least, for the constant).

    Parameters
    ----------
    rows : FittedRows
    exact : Solution
        Of the same rows, by the exact solver: means, norms and rank are taken from it, and
        `digits` is counted by it. The descent itself does not know it.
    settings : Settings

    Returns
    -------
    solution : Solution
        Without `inverse`.
    descent : Descent

    Notes
    -----
    With ``learning_rate="auto"``, a full descent takes 2/(λmax + λmin), the best constant rate.
    Batches take 1/L at first, L being the expected smoothness [1]_, and 2/(λmin (t + t0)) in
    step t, with which stochastic gradient descent converges to the minimum [2]_.

    Steps on small batches are taken many at a time without changing what they are: the residuals
    that each step sees follow from those at the first one by a triangular system.

    References
    ----------
    .. [1] R. M. Gower et al., SGD: General analysis and improved rates, ICML 2019.
    .. [2] L. Bottou, F. E. Curtis, J. Nocedal, Optimization methods for large-scale machine
       learning, SIAM Review 60 (2018), section 4.
    """
    problem = Standardised(rows, exact)
    eigenvalues = np.linalg.eigvalsh(problem.hessian)
    largest = float(eigenvalues[-1])
    positive = eigenvalues[eigenvalues > 1e-12 * largest]
    smallest = float(positive[0]) if positive.size else largest
    size = settings.batch_size
    batch = None if size is None or size >= problem.n_samples else size
    automatic = isinstance(settings.learning_rate, str)
    if not automatic:
        rate, decay = float(settings.learning_rate), 0.0
    elif batch is None:
        rate, decay = 2.0 / (largest + smallest) if largest > 0 else 1.0, 0.0
    else:
        n = problem.n_samples
        whole = n * (batch - 1) / (batch * max(1, n - 1))
        single = (n - batch) / (batch * max(1, n - 1))
        rate = 1.0 / (whole * largest + single * problem.largest_row)
        decay = rate * smallest / 2.0
    trace = Trace(problem.start)
    run = _Run(problem, trace, settings, rate, decay)
    with np.errstate(over="ignore", invalid="ignore"):
        state = run.full() if batch is None else run.batches(batch)
    steps_per_epoch = 1 if batch is None else -(-problem.n_samples // batch)
    limit = 2.0 / largest if largest > 0 else np.inf
    coef, intercept, loss = problem.unscaled(trace.values())
    solution = replace(
        exact,
        coef=np.ascontiguousarray(coef[-1]),
        intercept=np.ascontiguousarray(intercept[-1]),
        residual_sum_of_squares=2.0 * exact.sum_of_weights * loss[-1],
        inverse=None,
        inverse_root=None,
        digits=right_digits(coef[-1], intercept[-1], exact),
    )
    single_target = coef.shape[1] == 1
    steps = trace.steps()
    descent = Descent(
        coef=coef[:, 0] if single_target else coef,
        intercept=intercept[:, 0] if single_target else intercept,
        loss=loss[:, 0] if single_target else loss,
        step=steps,
        epoch=steps / steps_per_epoch,
        n_steps=int(steps[-1]),
        learning_rate=rate,
        learning_rate_limit=limit,
        batch_size=batch,
        converged=state == "converged",
        diverged=state == "diverged",
        text=outcome_text(state, batch, rate, limit, settings, run.gradient, automatic),
    )
    return solution, descent


class _Run:
    """One descent under way, in standardised units."""

    def __init__(
        self, problem: Standardised, trace: Trace, settings: Settings, rate: float, decay: float
    ) -> None:
        self.problem, self.trace, self.settings = problem, trace, settings
        self.rate, self.decay = rate, decay
        self.highest = DIVERGED * problem.loss(problem.start)
        self.gradient = 0.0

    def _state(self, weights: Array, gradient: Array) -> str | None:
        self.gradient = float(np.abs(gradient).max(initial=0.0))
        if self.gradient <= self.settings.tol:
            return "converged"
        # A gradient that is not a number is not above anything either.
        if not self.gradient < 1e150 or np.any(self.problem.loss(weights) > self.highest):
            return "diverged"
        return None

    def full(self) -> str:
        problem, weights = self.problem, self.problem.start
        gradient = problem.gradient(weights)
        state = self._state(weights, gradient)
        for step in range(1, self.settings.max_iter + 1):
            if state is not None:
                break
            weights = weights - self.rate * gradient
            gradient = problem.gradient(weights)
            state = self._state(weights, gradient)
            self.trace.add(step, weights)
        self.trace.finish()
        return state or "max_iter"

    def batches(self, size: int) -> str:
        problem, weights = self.problem, self.problem.start.copy()
        state = self._state(weights, problem.gradient(weights))
        random = check_random_state(self.settings.random_state)
        order = problem.used
        several = max(1, ROWS_AT_ONCE // size)
        step = 0
        for _ in range(self.settings.max_iter):
            if state is not None:
                break
            if self.settings.shuffle:
                order = random.permutation(problem.used)
            for start in range(0, len(order), several * size):
                part = order[start : start + several * size]
                weights = self._several_steps(step, weights, part, size)
                step += -(-len(part) // size)
                if not np.abs(weights).max() < 1e150:
                    break
            state = self._state(weights, problem.gradient(weights))
        self.trace.finish()
        return state or "max_iter"

    def _several_steps(self, step: int, weights: Array, part: Any, size: int) -> Array:
        """Take one step on each batch of `size` rows of `part`, and return the new weights."""
        rows, targets, shares = self.problem.take(part)
        batch = np.arange(len(part)) // size
        n_steps = int(batch[-1]) + 1
        rates = self.rate / (1.0 + self.decay * np.arange(step, step + n_steps))
        factor = rates[batch] * shares * (self.problem.n_samples / size)
        residuals = rows @ weights - targets
        if n_steps > 1:
            # A row's residual when its turn comes: r = r0 - L (factor * r), L being the products
            # of the row with those of earlier batches.
            system = (rows @ rows.T) * factor
            system[batch[:, None] <= batch] = 0.0
            residuals, _ = lapack.dtrtrs(system, residuals, lower=1, unitdiag=1)
        changes = residuals * factor[:, None]
        for wanted in self.trace.wanted(step + 1, step + n_steps):
            rows_until = (wanted - step) * size
            self.trace.add(wanted, weights - rows[:rows_until].T @ changes[:rows_until])
        weights = weights - rows.T @ changes
        self.trace.last(step + n_steps, weights)
        return weights
