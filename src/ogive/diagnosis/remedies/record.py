"""What came of trying remedies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.finding import Remedy
from ogive.text import Language, Text, default_language

__all__ = ["ScoreName", "Trial", "TriedRemedy", "Verdict"]

ScoreName = Literal["accuracy", "balanced_accuracy", "r2"]
Verdict = Literal["better", "worse", "no evidence", "failed"]


@dataclass(frozen=True, slots=True, eq=False)
class TriedRemedy:
    """One remedy and what it changed, paired by split and seed with the patient.

    Attributes
    ----------
    codes : tuple of str
        The findings that named it.
    remedy : Remedy
        Its `parameters` are what it changes of the patient.
    keys : tuple of str
        Keys of all remedies named that mean this change, the one of `remedy` first.
    scores : ndarray of shape (n_seeds,)
        Scores on held-out rows. A training that ended with values that are not finite has the score
        of the best constant answer. Not a number where nothing could be trained.
    difference, low, high : float
        Mean of remedied minus patient's score, and its interval.
    verdict : {"better", "worse", "no evidence", "failed"}
        "better" and "worse" where the interval is clear of zero; "failed" where more than half of
        the trainings ended with values that are not finite, or none could be begun.
    cleared : tuple of str
        Codes of the patient's that are no longer found after the remedy. The networks of the first
        three seeds are diagnosed again: the patient trained anew has the code at least once, and
        the remedied network passes the check and never has it.
    appeared : tuple of str
        Codes that most of these remedied networks have, but neither the diagnosis nor any patient
        trained anew.
    n_failed : int
        Trainings that ended with values that are not finite.
    reason : Text or None
        Why nothing could be trained.
    estimator : MLPClassifier, MLPRegressor or Pipeline
        The patient with this remedy, not fitted, with the patient's own ``random_state``.
    """

    codes: tuple[str, ...]
    remedy: Remedy
    keys: tuple[str, ...]
    scores: NDArray[np.float64]
    difference: float
    low: float
    high: float
    verdict: Verdict
    cleared: tuple[str, ...] = ()
    appeared: tuple[str, ...] = ()
    n_failed: int = 0
    reason: Text | None = None
    estimator: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The patient and its remedied versions, trained as one fleet.

    Attributes
    ----------
    score_name : {"accuracy", "balanced_accuracy", "r2"}
        Balanced accuracy, the mean of the classes' recalls, where OGV112 was found: accuracy
        rewards whoever ignores a rare class. R² below -1 counts as -1, or else one useless network
        would decide the mean.
    patient_scores : ndarray of shape (n_seeds,)
    remedies : tuple of TriedRemedy
        The most improving first; those that failed last.
    n_seeds, n_train, n_test : int
        Splits, each with a seed of its own, and the rows that each learnt from and was scored on.
    confidence : float
        Coverage of each interval by itself, not corrected for there being several remedies.
    seconds : float
    n_rows : int
        Rows that were given to the diagnosis.
    n_left_out : int
        Rows of these that were left out for values that are missing or infinite.
    n_patient_failed : int
        The patient's trainings that ended with values that are not finite.
    constant_score : float
        Mean score of the best constant answer, for comparison.
    """

    score_name: ScoreName
    patient_scores: NDArray[np.float64]
    remedies: tuple[TriedRemedy, ...]
    n_seeds: int
    n_train: int
    n_test: int
    confidence: float
    seconds: float
    n_rows: int = 0
    n_left_out: int = 0
    n_patient_failed: int = 0
    constant_score: float = float("nan")

    @property
    def best(self) -> TriedRemedy | None:
        """The remedy that improved the score most with an interval clear of zero, or None."""
        return next((one for one in self.remedies if one.verdict == "better"), None)

    def text(self, language: Language | None = None) -> str:
        """Return a table for a screen, and what it means in words."""
        from ogive.diagnosis.remedies.showing import trial_text

        return trial_text(self, language)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return it as plain data that JSON takes; what is not known is None."""
        from ogive.diagnosis.remedies.showing import trial_dict

        return trial_dict(self, language)

    def to_polars(self) -> Any:
        """Return one row a remedy as a polars DataFrame."""
        from ogive.diagnosis.remedies.showing import trial_frame

        return trial_frame(self)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from ogive.diagnosis.remedies.showing import trial_html

        return trial_html(self, default_language())
