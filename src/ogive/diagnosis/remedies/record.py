"""What came of trying remedies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.finding import Remedy
from ogive.text import Language

__all__ = ["TriedRemedy", "Trial"]


@dataclass(frozen=True, slots=True, eq=False)
class TriedRemedy:
    """One remedy and what it changed, paired by seed with the patient.

    Attributes
    ----------
    codes : tuple of str
        The findings that named it.
    remedy : Remedy
    scores : ndarray of shape (n_seeds,)
        Scores on held-out rows.
    difference, low, high : float
        Mean of remedied minus patient's score, and its interval.
    verdict : {"better", "worse", "no evidence", "failed"}
        "better" and "worse" where the interval is clear of zero.
    cleared : tuple of str
        Codes of the patient's that are no longer found after the remedy.
    """

    codes: tuple[str, ...]
    remedy: Remedy
    scores: NDArray[np.float64]
    difference: float
    low: float
    high: float
    verdict: Literal["better", "worse", "no evidence", "failed"]
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The patient and its remedied versions, trained as one fleet.

    Attributes
    ----------
    score_name : {"accuracy", "r2"}
    patient_scores : ndarray of shape (n_seeds,)
    remedies : tuple of TriedRemedy
        The most improving first.
    n_seeds, n_train, n_test : int
    confidence : float
        Coverage of each interval.
    seconds : float
    """

    score_name: Literal["accuracy", "r2"]
    patient_scores: NDArray[np.float64]
    remedies: tuple[TriedRemedy, ...]
    n_seeds: int
    n_train: int
    n_test: int
    confidence: float
    seconds: float

    def text(self, language: Language | None = None) -> str:
        """Return a table for a screen."""
        from ogive.diagnosis.remedies.showing import trial_text

        return trial_text(self, language)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return it as plain data."""
        from ogive.diagnosis.remedies.showing import trial_dict

        return trial_dict(self, language)

    def to_polars(self) -> Any:
        """Return one row a remedy as a polars DataFrame."""
        from ogive.diagnosis.remedies.showing import trial_frame

        return trial_frame(self)

    def __str__(self) -> str:
        return self.text()
