"""What solving a least-squares problem yields."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Dependency", "Solution"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Dependency:
    """A column that is a combination of others, as far as the digits of the data tell.

    Attributes
    ----------
    column : int
        The column, which adds nothing to those before it.
    combination : dict of int to float
        The other columns with their factors; -1 stands for the constant.
    """

    column: int
    combination: dict[int, float]


@dataclass(frozen=True)
class Solution:
    """A solved least-squares problem, with all that its statistics need besides the rows.

    Attributes
    ----------
    n_samples : int
        Rows whose weight is not 0.
    sum_of_weights : float
        `n_samples` where there are no weights.
    fit_intercept : bool
        Whether there is a constant term.
    coef : ndarray of shape (n_targets, n_features)
        Where columns depend on others, the solution of least norm.
    intercept : ndarray of shape (n_targets,)
        0 where `fit_intercept` is false.
    rank : int
        Of the centred columns (of the columns as they are where there is no constant term).
    singular_values : ndarray of shape (min(n_samples, n_features),)
        Of the same matrix, in descending order.
    feature_means, target_means : ndarray of shape (n_features,), (n_targets,)
        Weighted means; 0 where there is no constant term.
    feature_norms : ndarray of shape (n_features,)
        Root of the weighted sum of squares of each column about its mean (about 0 where there is no
        constant term).
    residual_sum_of_squares, total_sum_of_squares : ndarray of shape (n_targets,)
        Weighted; the total is about the mean (about 0 where there is no constant term).
    inverse : ndarray of shape (n_features, n_features), or None
        Pseudo-inverse of X'WX of the same matrix. None for fits that do not compute it (`positive`,
        `solver="gd"`, very wide tables).
    null_space : ndarray of shape (n_features, n_features - rank)
        Orthonormal basis of the directions in which the coefficients are not determined.
    dependencies : tuple of Dependency
        Which columns make them so.
    condition_number : float
        Of the centred columns scaled to the same norm; infinite where they depend on each other.
    digits : ndarray of shape (n_targets,)
        Estimate of how many decimal digits of the worst coefficient are right, for the data taken
        as exact, at most 15.95.
    sum_of_log_weights : float, default=nan
        Of the rows whose weight is not 0, hence 0 where there are no weights; the likelihood needs
        it. NaN where it is not known.
    inverse_root : ndarray of shape (n_features, rank), or None, default=None
        A matrix C with CC' = `inverse`. Products with it keep digits that `inverse`, rounded, has
        lost: it is found from `inverse` where it is None.
    constant_root : ndarray of shape (rank,), or None, default=None
        ``feature_means @ inverse_root``, with the digits that this product would lose where means
        are large: the variance of the constant term is ``1 / sum_of_weights`` plus its square.
    """

    n_samples: int
    sum_of_weights: float
    fit_intercept: bool
    coef: Array
    intercept: Array
    rank: int
    singular_values: Array
    feature_means: Array
    target_means: Array
    feature_norms: Array
    residual_sum_of_squares: Array
    total_sum_of_squares: Array
    inverse: Array | None
    null_space: Array
    dependencies: tuple[Dependency, ...]
    condition_number: float
    digits: Array
    sum_of_log_weights: float = math.nan
    inverse_root: Array | None = None
    constant_root: Array | None = None

    @property
    def n_features(self) -> int:
        """Number of columns."""
        return int(self.coef.shape[1])

    @property
    def n_parameters(self) -> int:
        """Number of coefficients that the data determine, the constant term included."""
        return self.rank + int(self.fit_intercept)

    @property
    def residual_degrees_of_freedom(self) -> int:
        """Rows less parameters; 0 or less where the fit passes through every row."""
        return self.n_samples - self.n_parameters

    @property
    def estimable(self) -> NDArray[np.bool_]:
        """Whether the data determine each coefficient, of shape (n_features,)."""
        n_dependent = self.null_space.shape[1]
        if len(self.dependencies) == n_dependent:
            # They tell also where columns are of so different size that directions do not.
            known = np.ones(self.n_features, bool)
            for dependency in self.dependencies:
                known[[dependency.column, *(j for j in dependency.combination if j >= 0)]] = False
            return known
        determined: Any = np.abs(self.null_space).max(axis=1) <= 1e-9
        return np.asarray(determined, bool)
