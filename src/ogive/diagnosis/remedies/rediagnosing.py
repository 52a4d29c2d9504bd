"""Diagnoses a network of a trial again, to see which findings are gone."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

from ogive.diagnosis.remedies.rows import Given, Split, take
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import InputError

__all__ = ["Codes", "codes_of"]


class Codes(NamedTuple):
    """The codes of a diagnosis: found, and passed; a code that is not applicable is neither."""

    found: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()

    def cleared_in(self, after: Codes, diagnosed: Sequence[str]) -> tuple[str, ...]:
        """Return the diagnosed codes that are found here and passed after the remedy."""
        return tuple(code for code in diagnosed if code in self.found and code in after.passed)

    def new_in(self, after: Codes, diagnosed: Sequence[str]) -> tuple[str, ...]:
        """Return the codes that only the remedied network has."""
        return tuple(sorted(after.found - self.found - set(diagnosed)))


def codes_of(model: Any, given: Given, split: Split, thresholds: Thresholds) -> Codes:
    """Return the codes of a model fitted on a split; none where it cannot be diagnosed.

    It is measured on the rows that it learnt from; those held out serve as validation data.
    """
    from ogive.diagnosis.diagnosing import diagnose

    if model is None:
        return Codes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            diagnosis = diagnose(
                model,
                take(given.X, split.train),
                given.y[split.train],
                validation_data=(take(given.X, split.test), given.y[split.test]),
                thresholds=thresholds,
            )
        except InputError:
            return Codes()
    found = frozenset(diagnosis.codes)
    passed = frozenset(one.code for one in diagnosis.findings if one.severity == "passed")
    return Codes(found, passed - found)
