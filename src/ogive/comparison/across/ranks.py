"""Ranks over several data sets: Friedman's test and the critical difference.

After Demšar (2006), *Statistical comparisons of classifiers over multiple data sets*, Journal of
Machine Learning Research 7, 1–30.
"""

from __future__ import annotations

import math
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

__all__ = [
    "Friedman",
    "critical_difference",
    "friedman",
    "friedman_statistic",
    "groups_within",
    "ranks_of",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# The exact distribution is left to the approximation where it takes more than about a second.
MOST_ORDERS = 50_000
MOST_WORK = 1_000_000


class Friedman(NamedTuple):
    """Friedman's test of "on each data set every order of the candidates is as likely".

    Attributes
    ----------
    statistic : float
        Chi-squared, corrected for ties.
    p_chi2 : float
        Its p-value by the chi-squared distribution, which is too high for few data sets.
    f, p_f : float
        The form of Iman and Davenport (1980), ``(N - 1) chi2 / (N (k - 1) - chi2)``, and its
        p-value by F with ``k - 1`` and ``(k - 1) (N - 1)`` degrees of freedom; `f` is infinite
        where all data sets agree.
    p_exact : float
        p-value by counting all orders; NaN where these are too many.
    p : float
        The p-value to go by: the exact one where there is one, else that of F, but never below
        `least_p`.
    least_p : float
        What agreement of all data sets would give, ``(k!) ** (1 - N)``.
    """

    statistic: float
    p_chi2: float
    f: float
    p_f: float
    p_exact: float
    p: float
    least_p: float


def ranks_of(scores: ArrayLike) -> Floats:
    """Rank the candidates on each data set, 1 for the highest score; ties share their mean rank.

    Parameters
    ----------
    scores : array-like of shape (n_data_sets, n_candidates)
        Higher is better. What agrees to 12 digits counts as equal.

    Returns
    -------
    ndarray of shape (n_data_sets, n_candidates)
    """
    table = np.asarray(scores, dtype=np.float64)
    largest = np.abs(table).max(axis=1, keepdims=True)
    steady = np.round(table / np.where(largest > 0, largest, 1.0), 12)
    ranks: Floats = stats.rankdata(-steady, axis=1)
    return ranks


def friedman_statistic(ranks: ArrayLike, *, correct_ties: bool = True) -> float:
    """Chi-squared of Friedman's test.

    Parameters
    ----------
    ranks : array-like of shape (n_data_sets, n_candidates)
        As `ranks_of` gives them.
    correct_ties : bool, default=True
        Whether to divide by what ties leave of the variance, as SciPy does; Demšar's paper does
        not.

    Returns
    -------
    float
        0 where all candidates are tied on all data sets.
    """
    table = np.asarray(ranks, dtype=np.float64)
    n, k = table.shape
    spread = float(np.square(table.mean(axis=0) - (k + 1) / 2).sum())
    largest = (k**3 - k) / 12
    variance = float(np.square(table - (k + 1) / 2).sum()) / n if correct_ties else largest
    return 0.0 if variance == 0 else n * (k - 1) * spread / variance


def friedman(ranks: ArrayLike) -> Friedman:
    """Test whether the candidates' ranks differ by more than chance.

    Parameters
    ----------
    ranks : array-like of shape (n_data_sets, n_candidates)
        As `ranks_of` gives them, of at least two data sets and two candidates.

    Returns
    -------
    Friedman
    """
    table = np.asarray(ranks, dtype=np.float64)
    n, k = table.shape
    chi2 = friedman_statistic(table)
    room = n * (k - 1) - chi2
    f = math.inf if room <= 1e-9 * n * k else (n - 1) * chi2 / room
    p_f = 0.0 if math.isinf(f) else float(stats.f.sf(f, k - 1, (k - 1) * (n - 1)))
    exact = _exact_p(np.rint(2 * table).astype(np.int64))
    least = math.exp((1 - n) * math.lgamma(k + 1))
    p = max(p_f, least) if math.isnan(exact) else exact
    return Friedman(chi2, float(stats.chi2.sf(chi2, k - 1)), f, p_f, exact, p, least)


def _exact_p(doubled: Integers) -> float:
    """Probability of rank sums that lie as far apart, each row's ranks in any order alike.

    The sums are followed from row to row. Only which sums there are matters, not whose they are,
    so that they are kept in ascending order, and written as one whole number.
    """
    n, k = doubled.shape
    if math.factorial(k) > MOST_ORDERS:
        return math.nan
    base = int(doubled.sum()) + 1
    if base**k >= 2**63:
        return math.nan
    digits = base ** np.arange(k, dtype=np.int64)
    sums = np.sort(doubled[:1], axis=1)
    weights: Floats = np.ones(1)
    work = 0
    for row in doubled[1:]:
        orders = np.unique(np.array(list(permutations(row.tolist())), dtype=np.int64), axis=0)
        work += len(sums) * len(orders)
        if work > MOST_WORK:
            return math.nan
        new: Integers = np.sort((sums[:, None, :] + orders[None, :, :]).reshape(-1, k), axis=1)
        _, first, which = np.unique(new @ digits, return_index=True, return_inverse=True)
        shares = np.repeat(weights / len(orders), len(orders))
        weights = np.asarray(np.bincount(which, shares), dtype=np.float64)
        sums = new[first]
    squares = np.square(sums).sum(axis=1)
    seen = int(np.square(doubled.sum(axis=0)).sum())
    return min(float(weights[squares >= seen].sum()), 1.0)


def critical_difference(n_candidates: int, n_data_sets: int, alpha: float = 0.05) -> float:
    """Nemenyi's critical difference of average ranks.

    Parameters
    ----------
    n_candidates, n_data_sets : int
        At least two candidates and one data set.
    alpha : float, default=0.05
        Probability of even one false claim among all pairs.

    Returns
    -------
    float
        ``q * sqrt(k (k + 1) / (6 N))``, q being the quantile of the studentised range for infinite
        degrees of freedom, divided by the root of 2.
    """
    k = n_candidates
    q = float(stats.studentized_range.ppf(1 - alpha, k, np.inf)) / math.sqrt(2)
    return q * math.sqrt(k * (k + 1) / (6 * n_data_sets))


def groups_within(ranks: ArrayLike, difference: float) -> list[tuple[int, int]]:
    """Return the largest groups whose average ranks lie within the critical difference.

    Parameters
    ----------
    ranks : array-like of shape (n_candidates,)
        Average ranks in ascending order.
    difference : float
        The critical difference.

    Returns
    -------
    list of (int, int)
        First and last of each group of at least two; no group lies within another.
    """
    values = np.asarray(ranks, dtype=np.float64)
    groups: list[tuple[int, int]] = []
    for first in range(len(values)):
        last = int(np.searchsorted(values, values[first] + difference + 1e-12, side="right")) - 1
        if last > first and (not groups or last > groups[-1][1]):
            groups.append((first, last))
    return groups
