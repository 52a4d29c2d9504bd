"""When to stop adding repeats: at once, when intervals are narrow, or when the time is up."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ogive.comparison.design.settings import Settings
from ogive.comparison.outcome import Outcome
from ogive.comparison.statistics.pairwise import least_variance
from ogive.resampling.intervals import corrected_means, without_spread
from ogive.resampling.proportions import least_variance_of_share, rows_tested

Floats = NDArray[np.float64]

__all__ = ["MOST_REPEATS", "Stopped", "Stopping", "half_width", "least_half_width"]

MOST_REPEATS = 100
"""More repeats than these reuse the same rows so often that they tell nothing new."""

FEWEST_SPLITS = 5
"""Splits from which on an interval may be called narrow enough: of fewer the width is a guess."""

AGREEING_SPLITS = 10
"""Splits from which on a difference that is the same in all of them counts as known."""

Reason = Literal["planned", "precision", "budget", "unreachable", "most_repeats"]


class Stopped(NamedTuple):
    """Why no more repeats were made.

    Attributes
    ----------
    reason : {"planned", "precision", "budget", "unreachable", "most_repeats"}
        The number asked for was made; intervals are as narrow as asked; the time is spent; no
        number of repeats of these rows makes them so narrow; or there were `MOST_REPEATS`.
    precision : float or None
        Half width asked for.
    budget : float or None
        Seconds allowed.
    half_width : float
        Half the width of the widest 95 % interval of a difference to the best.
    least_half_width : float
        What endless repeats would bring it to, the spread between splits staying as it is.
    n_repeats : int
        Repeats made.
    """

    reason: Reason
    precision: float | None
    budget: float | None
    half_width: float
    least_half_width: float
    n_repeats: int


class Stopping:
    """Decides after each repeat whether another is wanted.

    The width of intervals decides and never the differences themselves: a rule that looked at
    these would stop at whatever chance makes them look like.

    Parameters
    ----------
    precision : float, optional
        Half width that the 95 % interval of every difference to the best shall have. It counts as
        reached after five splits at the earliest; with differences that are the same in every
        split, which have no interval, after ten.
    budget : float, optional
        Seconds of time. A repeat is begun only if it is likely to end within them; the first one
        always is made.
    spent : float, default=0
        Seconds spent already, by a run that was interrupted.
    """

    def __init__(
        self, precision: float | None = None, budget: float | None = None, spent: float = 0.0
    ) -> None:
        self.precision = precision
        self.budget = budget
        self.spent = spent
        self._started = time.perf_counter()
        self._done = 0
        self.half_width = math.nan
        self.why = Stopped("planned", precision, budget, math.nan, math.nan, 0)

    @property
    def may_go_on(self) -> bool:
        """Whether there may be more repeats than were planned."""
        return self.precision is not None or self.budget is not None

    def first_repeats(self, planned: int) -> int:
        """Return how many repeats to begin with: those planned, or one where time may run out."""
        return planned if self.budget is None else 1

    def next_repeats(
        self,
        outcomes: Sequence[Sequence[Outcome]],
        n_repeats: int,
        settings: Settings,
        *,
        free: bool = False,
        n_rows: int | None = None,
    ) -> int:
        """Return how many repeats there should be in all; no more than now means stop.

        Parameters
        ----------
        outcomes : sequence of sequence of Outcome
            Of the repeats made.
        n_repeats : int
            Their number.
        settings : Settings
            Its `n_repeats` are made whatever the precision reached, if time allows.
        free : bool, default=False
            Whether the results of the next repeat are known already, and cost no time.
        n_rows : int, optional
            Rows tested in one repeat, where scores are shares of rights, as for `pairwise`.
        """
        scores = np.array([[outcome.score for outcome in done] for done in outcomes])
        now = half_width(scores, settings.test_to_train, n_rows)
        least = least_half_width(scores, settings.test_to_train, n_rows)
        self.half_width = now

        def stop(reason: Reason) -> int:
            self.why = Stopped(reason, self.precision, self.budget, now, least, n_repeats)
            return n_repeats

        if not self.may_go_on:
            return stop("planned")
        if self.budget is not None and not free and not self._time_for_another():
            return stop("budget")
        if n_repeats < settings.n_repeats:
            return n_repeats + 1
        if self.precision is not None:
            if now <= self.precision and scores.shape[1] >= FEWEST_SPLITS:
                return stop("precision")
            # The floor is an estimate itself: only well above the goal is the goal out of reach.
            if n_repeats > settings.n_repeats and least > 1.2 * self.precision:
                return stop("unreachable")
        return stop("most_repeats") if n_repeats >= MOST_REPEATS else n_repeats + 1

    def repeats_made(self, number: int) -> None:
        """Tell that so many repeats were fitted in this sitting; known ones do not count."""
        self._done += number

    def _time_for_another(self) -> bool:
        assert self.budget is not None
        elapsed = time.perf_counter() - self._started
        each = elapsed / self._done if self._done else 0.0
        return self.spent + elapsed + each <= self.budget


def half_width(scores: Floats, ratio: float, n_rows: int | None = None) -> float:
    """Half the width of the widest 95 % interval of a difference to the best.

    Parameters
    ----------
    scores : ndarray of shape (n_candidates, n_splits)
    ratio : float
        Rows tested for each row trained on.
    n_rows : int, optional
        As for `pairwise`.

    Returns
    -------
    float
        A difference that is the same in every split has no interval: it makes this infinite, or,
        from `AGREEING_SPLITS` splits on, counts as known. Otherwise candidates that are the same
        function would be repeated for ever.
    """
    differences = _to_best(scores)
    least = _least_variance(scores, differences, ratio, n_rows)
    estimates = corrected_means(differences, ratio, least_variance=least)
    widths = np.array([estimate.high - estimate.mean for estimate in estimates])
    if scores.shape[1] >= AGREEING_SPLITS:
        widths[without_spread(differences, least)] = 0.0
    return float(widths.max())


def least_half_width(scores: Floats, ratio: float, n_rows: int | None = None) -> float:
    """Return the half width that endless repeats would come down to.

    The corrected variance is ``(1 / n + ratio) * s**2``: its second part stays.
    """
    differences = _to_best(scores)
    least = np.sqrt(_least_variance(scores, differences, ratio, n_rows))
    widest = float(np.maximum(differences.std(axis=1, ddof=1), least).max())
    return float(stats.norm.ppf(0.975)) * widest * math.sqrt(ratio)


def _least_variance(
    scores: Floats, differences: Floats, ratio: float, n_rows: int | None
) -> ArrayLike:
    if len(scores) > 1 or n_rows is None:
        return least_variance(differences, ratio, n_rows)
    return least_variance_of_share(scores.mean(axis=1), rows_tested(n_rows, ratio), n_rows)


def _to_best(scores: Floats) -> Floats:
    """Differences to the candidate of the highest mean, without its own; itself if it is alone."""
    if len(scores) == 1:
        return scores
    best = int(np.argmax(scores.mean(axis=1)))
    others = [row - scores[best] for i, row in enumerate(scores) if i != best]
    return np.array(others)
