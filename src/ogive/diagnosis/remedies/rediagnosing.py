"""Diagnoses networks of a trial again, to see which findings are gone."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from ogive.diagnosis.remedies.rows import Given, Split, take
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import InputError

__all__ = ["Codes", "codes_of"]


class Codes(NamedTuple):
    """The codes of a few networks that differ by their split and seed only.

    Attributes
    ----------
    found, mostly : frozenset of str
        Codes that any of them has, and that more than half have.
    passed : frozenset of str
        Codes that some pass and none has; a check that is not applicable is not passed.
    """

    found: frozenset[str] = frozenset()
    mostly: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()

    def cleared_in(self, after: Codes, diagnosed: Sequence[str]) -> tuple[str, ...]:
        """Return the diagnosed codes that are found here and passed after the remedy."""
        return tuple(code for code in diagnosed if code in self.found and code in after.passed)

    def new_in(self, after: Codes, diagnosed: Sequence[str]) -> tuple[str, ...]:
        """Return the codes that only the remedied networks have."""
        return tuple(sorted(after.mostly - self.found - set(diagnosed)))


def codes_of(
    models: Sequence[Any], given: Given, splits: Sequence[Split], thresholds: Thresholds
) -> Codes:
    """Return the codes of models fitted on one split each; those that are None are left out.

    A model is measured on the rows that it learnt from; those held out serve as validation data.
    """
    told = [
        _diagnosed(model, given, split, thresholds)
        for model, split in zip(models, splits, strict=False)
        if model is not None
    ]
    counts = Counter(code for found, _ in told for code in found)
    passed = frozenset(code for _, passed in told for code in passed)
    mostly = frozenset(code for code, n in counts.items() if 2 * n > len(told))
    return Codes(frozenset(counts), mostly, passed - set(counts))


def _diagnosed(
    model: Any, given: Given, split: Split, thresholds: Thresholds
) -> tuple[set[str], set[str]]:
    """Return which codes a model has, and which checks it passes; none if it cannot be measured."""
    from ogive.diagnosis.diagnosing import diagnose

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
            return set(), set()
    passed = {one.code for one in diagnosis.findings if one.severity == "passed"}
    return set(diagnosis.codes), passed
