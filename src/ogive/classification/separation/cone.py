"""The directions in which no row's loss grows, searched by linear programming."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from ogive.classification.solvers.penalised_loss import Array, PenalisedLoss

__all__ = ["Cone", "UnsolvedError"]

Places = NDArray[np.intp]

ALL_AT_ONCE = 3000
"""Constraints up to this number are all given to the solver; of more those that bind are sought."""
TOUCHING = 1e-9
"""A margin this far below 0, of directions whose largest weight is 1, still counts as 0."""
STRICT = 1e-7
"""A margin above this counts as positive."""


class UnsolvedError(Exception):
    """The solver gave up."""


class Cone:
    """The cone of directions d with ``(d[class of row] - d[k]) @ row >= 0`` for all rows and k.

    Two classes have one constraint a row, more have one for each class that a row does not have.
    Weights and rows are those of `PenalisedLoss`: standardised.

    Parameters
    ----------
    problem : PenalisedLoss
    weights : ndarray
        From a fit without penalty, as far as it came: it tells which constraints to start with.
    time_limit : float
        In seconds, for each linear program.
    """

    def __init__(self, problem: PenalisedLoss, weights: Array, time_limit: float = 20.0) -> None:
        self.problem, self.time_limit = problem, time_limit
        self.n_classes = 2 if problem.two_classes else problem.shape[0]
        self.unknowns = problem.shape[1]
        # The direction of the first class is 0: only differences count.
        self.size = (self.n_classes - 1) * self.unknowns
        self.label = problem.label
        # How fast margins grow along the fit; where they do not, constraints are likely to bind.
        self._first = np.argsort(self.margins(self._flat(weights)), kind="stable")

    @property
    def n_constraints(self) -> int:
        """Number of constraints: pairs of a row and a class that it does not have."""
        return len(self.label) * (self.n_classes - 1)

    def rows_of(self, constraints: Places) -> Places:
        """Return the rows that constraints belong to."""
        return constraints // (self.n_classes - 1)

    def other_class(self, constraints: Places) -> Places:
        """Return the classes that constraints compare the row's own with."""
        own = self.label[self.rows_of(constraints)]
        place = constraints % (self.n_classes - 1)
        return place + (place >= own)

    def margins(self, direction: Array) -> Array:
        """Return by how much each constraint holds."""
        full = self.full(direction)
        margins = np.empty((len(self.label), self.n_classes - 1))
        for rows in self.problem.blocks(max(self.unknowns, self.n_classes)):
            z = self.problem.unit_rows(rows) @ full.T
            label = self.label[rows]
            each = np.arange(len(label))
            others = z[each, label][:, None] - z
            keep = np.ones_like(z, dtype=bool)
            keep[each, label] = False
            margins[rows] = others[keep].reshape(len(label), -1)
        return margins.ravel()

    def full(self, direction: Array) -> Array:
        """Return a direction as weights of all classes, the first one's being 0."""
        full = np.zeros((self.n_classes, self.unknowns))
        full[1:] = direction.reshape(self.n_classes - 1, self.unknowns)
        return full

    def _flat(self, weights: Array) -> Array:
        flat = weights if self.n_classes == 2 else weights[1:] - weights[0]
        return np.asarray(flat, dtype=np.float64).ravel()

    def coefficients(self, constraints: Places) -> Any:
        """Return the constraints as rows of a matrix that is to be multiplied by directions."""
        rows = self.rows_of(constraints)
        x = self._unit_rows(rows)
        own, other = self.label[rows], self.other_class(constraints)
        if self.n_classes == 2:
            return x * np.where(own > 0, 1.0, -1.0)[:, None]
        n, q = x.shape
        at = np.arange(n * q).reshape(n, q) // q
        parts = []
        for of, sign in ((own, 1.0), (other, -1.0)):
            used = np.flatnonzero(of > 0)
            columns = (of[used] - 1)[:, None] * q + np.arange(q)
            parts.append(
                sparse.coo_array(
                    (sign * x[used].ravel(), (at[used].ravel(), columns.ravel())),
                    shape=(n, self.size),
                )
            )
        return (parts[0] + parts[1]).tocsr()

    def _unit_rows(self, rows: Places) -> Array:
        unit: Array = self.problem.unit_rows(rows)
        return unit

    def total(self, constraints: NDArray[np.bool_]) -> Array:
        """Return the sum of the chosen constraints as one row."""
        chosen = constraints.reshape(len(self.label), self.n_classes - 1)
        total = np.zeros((self.n_classes, self.unknowns))
        for rows in self.problem.blocks(max(self.unknowns, self.n_classes)):
            label, used = self.label[rows], chosen[rows]
            each, places = np.nonzero(used)
            factor = np.zeros((len(label), self.n_classes))
            np.add.at(factor, (each, places + (places >= label[each])), -1.0)
            factor[np.arange(len(label)), label] += used.sum(axis=1)
            total += factor.T @ self.problem.unit_rows(rows)
        return total[1:].ravel()

    def some_direction(self, open_: NDArray[np.bool_]) -> Array | None:
        """Return a direction that keeps all `open_` constraints and gives some a margin, or None.

        Only the constraints that bind need to be in the linear program: those that its solution
        violates are added until there are none.
        """
        gain = self.total(open_)
        largest = float(np.abs(gain).max(initial=0.0))
        if largest == 0.0:
            return None
        order = self._first[open_[self._first]]

        def solve(active: Places) -> Array:
            return self._solved(
                c=-gain / largest,
                A_ub=-self.coefficients(active),
                b_ub=np.zeros(len(active)),
                bounds=(-1.0, 1.0),
            )

        found = self._by_cuts(solve, order, np.zeros(self.n_constraints), open_)
        margins = self.margins(found)
        return found if np.any(margins[open_] > STRICT) else None

    def least(self, strict: NDArray[np.bool_], columns: Places | None = None) -> Array:
        """Return the direction of least L1 norm that gives `strict` constraints a margin of 1.

        The L1 norm, in which the constant does not count, leaves few columns with a weight.
        `columns`, where given, are the only ones that may have one.

        Raises
        ------
        UnsolvedError
            Where there is none.
        """
        ends: Any = (0.0, None)
        if columns is not None:
            free = np.zeros((self.n_classes - 1, self.unknowns), dtype=bool)
            free[:, columns] = True
            free[:, len(self.problem.means) :] = True
            ends = [(0.0, None if one else 0.0) for one in np.tile(free.ravel(), 2)]
        cost = np.ones((self.n_classes - 1, self.unknowns))
        if self.problem.fit_intercept:
            cost[:, -1] = 0.0
        needed = strict.astype(np.float64)

        def solve(active: Places) -> Array:
            rows = -self.coefficients(active)
            stack = sparse.hstack if sparse.issparse(rows) else np.hstack
            both = self._solved(
                c=np.tile(cost.ravel(), 2),
                A_ub=stack([rows, -rows]),
                b_ub=-needed[active],
                bounds=ends,
            )
            split: Array = both[: self.size] - both[self.size :]
            return split

        return self._by_cuts(solve, self._first, needed, np.ones(self.n_constraints, bool))

    def _by_cuts(
        self, solve: Any, order: Places, needed: Array, concerned: NDArray[np.bool_]
    ) -> Array:
        if len(order) <= ALL_AT_ONCE:
            found: Array = solve(order)
            return found
        at_once = max(20 * self.size, 200)
        spread = order[:: max(len(order) // at_once, 1)]
        active = np.union1d(order[:at_once], spread)
        while True:
            found = solve(active)
            size = max(float(np.abs(found).max(initial=0.0)), 1.0)
            lacking = np.where(concerned, self.margins(found) - needed, 0.0)
            lacking[active] = 0.0
            violated = np.flatnonzero(lacking < -TOUCHING * size)
            if violated.size == 0:
                return found
            worst = violated[np.argsort(lacking[violated], kind="stable")[:at_once]]
            active = np.union1d(active, worst)

    def _solved(self, **program: Any) -> Array:
        result = linprog(
            **program,
            method="highs",
            options={
                "primal_feasibility_tolerance": 1e-10,
                "dual_feasibility_tolerance": 1e-10,
                "time_limit": self.time_limit,
            },
        )
        if result.x is None or result.status != 0:
            raise UnsolvedError(result.message)
        return np.asarray(result.x, dtype=np.float64)
