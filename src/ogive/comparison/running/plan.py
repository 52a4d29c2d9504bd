"""The fits of a comparison, in the order in which they are done."""

from __future__ import annotations

from collections.abc import Callable

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import Fit

__all__ = ["KeyOf", "fits_of_repeats", "plain_key"]

KeyOf = Callable[[Candidate, Choice, int, int], str]


def plain_key(candidate: Candidate, choice: Choice, repeat: int, fold: int) -> str:
    """Return a key that is unique within a comparison, for results that nobody else reads."""
    return f"{candidate.label}/{choice.value!r}/{repeat}/{fold}"


def fits_of_repeats(settings: Settings, repeats: range, key_of: KeyOf) -> list[Fit]:
    """Return the fits of some repeats, split by split.

    Parameters
    ----------
    settings : Settings
    repeats : range
        Numbers of the repeats, from 0.
    key_of : callable
        Gives the key of a candidate with a choice on the split of a repeat and fold.
    """
    return [
        Fit(i, j, repeat, fold, key_of(candidate, choice, repeat, fold))
        for repeat in repeats
        for fold in range(settings.n_splits)
        for i, candidate in enumerate(settings.candidates)
        for j, choice in enumerate(candidate.choices)
    ]
