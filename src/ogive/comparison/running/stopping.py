"""When to stop adding repeats: at once, when intervals are narrow, or when the time is up."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from scipy import stats

from ogive.comparison.design.settings import Settings
from ogive.comparison.outcome import Outcome
from ogive.resampling.intervals import corrected_mean

__all__ = ["MOST_REPEATS", "Stopped", "Stopping", "half_width", "least_half_width"]

MOST_REPEATS = 100
"""More repeats than these reuse the same rows so often that they tell nothing new."""

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
        Half width that the 95 % interval of every difference to the best shall have.
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
        """
        scores = np.array([[outcome.score for outcome in done] for done in outcomes])
        now = half_width(scores, settings.test_to_train)
        least = least_half_width(scores, settings.test_to_train)
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
            if now <= self.precision:
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


def half_width(scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]], ratio: float) -> float:
    """Half the width of the widest 95 % interval of a difference to the best.

    Parameters
    ----------
    scores : ndarray of shape (n_candidates, n_splits)
    ratio : float
        Rows tested for each row trained on.
    """
    differences = _to_best(scores)
    estimates = [corrected_mean(row, ratio) for row in differences]
    return max((estimate.high - estimate.mean for estimate in estimates), default=0.0)


def least_half_width(
    scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]], ratio: float
) -> float:
    """Return the half width that endless repeats would come down to.

    The corrected variance is ``(1 / n + ratio) * s**2``: its second part stays.
    """
    deviations = _to_best(scores).std(axis=1, ddof=1)
    widest = float(deviations.max()) if deviations.size else 0.0
    return float(stats.norm.ppf(0.975)) * widest * math.sqrt(ratio)


def _to_best(
    scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Differences to the candidate of the highest mean, without its own; itself if it is alone."""
    if len(scores) == 1:
        return scores
    best = int(np.argmax(scores.mean(axis=1)))
    others = [row - scores[best] for i, row in enumerate(scores) if i != best]
    return np.array(others)
