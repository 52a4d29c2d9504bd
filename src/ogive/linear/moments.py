"""Sums over rows in double-double, from which least squares is solved without the rows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from ogive._engine import core
from ogive.linear.solution import Array

__all__ = ["Block", "Moments", "NotFiniteError", "Triangle", "Twofold"]

_core: Any = core.least_squares


class NotFiniteError(ValueError):
    """Rows hold NaN or infinity."""


class Twofold(NamedTuple):
    """Numbers in twice double's precision: each is the sum of two doubles."""

    high: Array
    low: Array

    def rounded(self) -> Array:
        """Return them as doubles."""
        return self.high + self.low


class Block(NamedTuple):
    """Some rows.

    Attributes
    ----------
    X : ndarray of shape (n_rows, n_features), float32 or float64
    y : ndarray of shape (n_rows, n_targets), float64
    weight : ndarray of shape (n_rows,), float64, or None
    """

    X: Any
    y: Any
    weight: Any = None


class Moments:
    """Means and centred cross-products of the columns of rows added one block after another.

    The state of blocks added in any number of pieces, in any process, can be merged. Sums are
    double-double: a solution from them loses ``condition_number**2 * 2**-85`` where Householder's
    QR in double loses ``condition_number * 2**-53``.

    Parameters
    ----------
    n_features, n_targets : int
        Numbers of columns.
    fit_intercept : bool, default=True
        Whether sums are about the means, for a constant term, or about 0.
    n_threads : int, default=0
        Most threads; 0 are as many as OpenMP's settings allow.
    """

    def __init__(
        self, n_features: int, n_targets: int = 1, fit_intercept: bool = True, n_threads: int = 0
    ) -> None:
        self.n_features = n_features
        self.n_targets = n_targets
        self.fit_intercept = fit_intercept
        self.n_threads = n_threads
        self.sum_of_log_weights = 0.0
        self.epsilon = float(np.finfo(np.float64).eps)
        self._state = _core.Moments(n_features, n_targets, fit_intercept)

    def add(self, X: Any, y: Any, weight: Any = None) -> bool:
        """Add rows.

        Parameters
        ----------
        X : ndarray of shape (n_rows, n_features), float32 or float64
            In any order in memory.
        y : ndarray of shape (n_rows, n_targets) or (n_rows,)
        weight : ndarray of shape (n_rows,), default=None
            Not negative.

        Returns
        -------
        finite : bool
            False where a number is not finite; then nothing was added.
        """
        block = as_block(X, y, weight)
        if not self._state.add(*block, self.n_threads):
            return False
        if block.weight is not None:
            used = block.weight[block.weight > 0]
            self.sum_of_log_weights += math.fsum(np.log(used))
        self.epsilon = max(self.epsilon, float(np.finfo(block.X.dtype).eps))
        return True

    def merge(self, other: Moments) -> None:
        """Add all rows that were added to another state of the same columns."""
        self._state.merge(other._state)
        self.sum_of_log_weights += other.sum_of_log_weights
        self.epsilon = max(self.epsilon, other.epsilon)

    @property
    def n_samples(self) -> int:
        """Rows added whose weight is not 0."""
        return int(self._state.rows)

    @property
    def sum_of_weights(self) -> float:
        """Sum of the weights, or the number of rows where there are none."""
        return float(sum(self._state.weight))

    @property
    def means(self) -> Twofold:
        """Of features and then targets; 0 without a constant term."""
        return Twofold(*self._state.mean)

    def squares(self) -> Array:
        """Return the sum of squares of each feature, then target, about the mean (or 0)."""
        k, columns = self.n_features, self.n_features + self.n_targets
        products = Twofold(*self._state.products).rounded()
        own = products[: k * columns].reshape(k, columns).diagonal() if k else np.empty(0)
        squares: Array = np.concatenate([own, products[k * columns :]])
        return np.maximum(squares, 0)

    def raw_sizes(self) -> Array:
        """Return the root of each feature's sum of squares about 0."""
        k = self.n_features
        means = self.means.rounded()[:k]
        sizes: Array = np.sqrt(self.squares()[:k] + self.sum_of_weights * means**2)
        return sizes

    def scale(self) -> Array:
        """Return a power of two for each column which brings its norm into [1/2, 1)."""
        return powers_of_two(np.sqrt(self.squares()))

    def cholesky(self, limit: float) -> tuple[Twofold, Twofold, Array] | None:
        """Return triangle, its right side and what is left of the squares of each target.

        All columns are multiplied by `scale`. None where the square of a column's distance from
        those before it is at most `limit` of its own square: too little for sums to tell.
        """
        least, upper, right, rest = _core.cholesky(self._state, self.scale(), limit)
        if not least > limit:
            return None
        left = np.maximum(Twofold(*rest).rounded(), 0)
        return Twofold(*upper), Twofold(*right), left

    def __getstate__(self) -> dict[str, Any]:
        core_state = self._state
        return {
            **self.__dict__,
            "_state": (core_state.rows, core_state.weight, core_state.mean, core_state.products),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._state = _core.Moments(self.n_features, self.n_targets, self.fit_intercept)
        self._state.set_state(*state["_state"])


class Triangle:
    """Householder's triangle of rows that come again, for columns that nearly depend on each other.

    It needs the rows a second time, as it takes means and sizes of the columns from the moments of
    the first pass, and is about ten times as slow; but it loses ``condition_number * 2**-100``.

    Parameters
    ----------
    moments : Moments
        Of all the rows.
    """

    def __init__(self, moments: Moments) -> None:
        self.n_threads = moments.n_threads
        self.fit_intercept = moments.fit_intercept
        self.shift = moments.means.high.copy()
        self.scale = moments.scale()
        self._columns = (moments.n_features, moments.n_targets, moments.fit_intercept)
        self._state = _core.Triangle(*self._columns, self.shift, self.scale)

    def add(self, X: Any, y: Any, weight: Any = None) -> None:
        """Add rows, which have to be finite; as `Moments.add`."""
        self._state.add(*as_block(X, y, weight), self.n_threads)

    def add_all(self, blocks: Iterable[Block]) -> None:
        """Add the rows of all blocks."""
        for block in blocks:
            self.add(*block)

    def merge(self, other: Triangle) -> None:
        """Add all rows that were added to another triangle from the same moments."""
        self._state.merge(other._state)

    def parts(self) -> tuple[Twofold, Twofold, Array]:
        """Return triangle, its right side and what is left of the squares of each target.

        As `Moments.cholesky`, without the row and column of the constant term.
        """
        k, m, constant = self._columns
        first = int(constant)
        upper, rest = self._state.upper, self._state.rest
        whole = [part.reshape(k + first, k + first + m)[first:, first:] for part in upper]
        triangle = Twofold(*(np.ascontiguousarray(part[:, :k]) for part in whole))
        right = Twofold(*(np.ascontiguousarray(part[:, k:]) for part in whole))
        return triangle, right, Twofold(*rest).rounded()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_state": (self._state.upper, self._state.rest)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._state = _core.Triangle(*self._columns, self.shift, self.scale)
        self._state.set_state(*state["_state"])


def as_block(X: Any, y: Any, weight: Any = None) -> Block:
    """Return rows in the types that the core takes; what has them is not copied."""
    if X.dtype not in (np.float32, np.float64):
        X = X.astype(np.float64)
    y = np.asarray(y, dtype=np.float64)
    if weight is not None:
        weight = np.ascontiguousarray(weight, dtype=np.float64)
    return Block(X, y.reshape(len(y), -1) if y.ndim == 1 else y, weight)


def powers_of_two(norms: Array) -> Array:
    """Return for each norm the power of two which brings it into [1/2, 1); 1 for 0."""
    _, exponents = np.frexp(norms)
    scale: Array = np.where(norms > 0, np.ldexp(1.0, -exponents), 1.0)
    return scale
