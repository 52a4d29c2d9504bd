"""What the curves of a training say, in numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.measurements import Curves, Measurements

__all__ = ["Rise", "explained_share", "fall_at_end", "loss_at_end", "rise_of", "score_error"]

Array = NDArray[np.float64]
_ROWS_UNKNOWN = 100
_ENTROPY = (
    *("log_loss", "binary_log_loss", "CrossEntropyLoss", "NLLLoss"),
    *("BCELoss", "BCEWithLogitsLoss"),
)


@dataclass(frozen=True, slots=True)
class Rise:
    """How far a validation loss rose after its least value.

    Attributes
    ----------
    epoch : int
        Of the least, from 1.
    least, end : float
        Of the curve, smoothed over three epochs; the end is the mean of the last tenth.
    share : float
        The rise as a share of the fall before it.
    clear : bool
        It is more than three times the noise from epoch to epoch.
    parting : bool
        The training loss went on falling meanwhile.
    """

    epoch: int
    least: float
    end: float
    share: float
    clear: bool
    parting: bool


def rise_of(curves: Curves) -> Rise | None:
    """Return the rise of the validation loss, or None for a curve of fewer than five epochs.

    Epochs of which no validation loss is known, as of one told every few epochs, are left out.
    """
    given = np.asarray(curves.validation_loss, dtype=np.float64)
    epochs = np.flatnonzero(~np.isnan(given))
    loss = given[epochs]
    if len(loss) < 5 or not np.isfinite(loss).all():
        return None
    smooth = np.convolve(np.pad(loss, 1, mode="edge"), np.full(3, 1 / 3), mode="valid")
    at = int(smooth.argmin())
    least, end = float(smooth[at]), float(loss[-max(1, len(loss) // 10) :].mean())
    start = curves.baseline_loss if math.isfinite(curves.baseline_loss) else float(loss[0])
    fall = max(start - least, 1e-12)
    noise = float(np.std(np.diff(loss[len(loss) // 2 :]))) / math.sqrt(2)
    training = curves.training_loss
    epoch = int(epochs[at])
    parting = len(training) != len(given) or bool(training[-1] < training[epoch])
    return Rise(epoch + 1, least, end, (end - least) / fall, end - least > 3 * noise, parting)


def loss_at_end(measured: Measurements) -> float:
    """Return the loss on rows learnt from: the lesser of the curve's end and that of the rows.

    A curve holds the penalty and dropout's noise, and the rows given may be others.
    """
    known = [measured.loss]
    if measured.curves is not None and len(measured.curves.training_loss):
        known.append(float(measured.curves.training_loss[-1]))
    finite = [one for one in known if math.isfinite(one)]
    return min(finite) if finite else float("nan")


def explained_share(measured: Measurements) -> float:
    """Return by which share the loss lies below that of the best constant answer.

    That answer's loss is the curve's, or the entropy of the classes; of a regression without
    curves the share is R². NaN where none is known.
    """
    loss, baseline = loss_at_end(measured), float("nan")
    if measured.curves is not None:
        baseline = measured.curves.baseline_loss
    named = measured.outputs is not None and measured.outputs.loss in _ENTROPY
    if not math.isfinite(baseline) and measured.classes is not None and named:
        counts = np.asarray(measured.classes.counts, dtype=np.float64)
        if measured.task in ("binary", "multiclass") and counts.sum() > 0:
            share = counts[counts > 0] / counts.sum()
            baseline = float(-(share * np.log(share)).sum())
    if math.isfinite(baseline) and baseline > 0 and math.isfinite(loss):
        return 1 - loss / baseline
    return measured.score if measured.task == "regression" else float("nan")


def fall_at_end(curves: Curves | None) -> float:
    """Return by which share the training loss fell in the last fifth of its epochs; NaN of one."""
    loss = np.empty(0) if curves is None else np.asarray(curves.training_loss)
    if len(loss) < 2 or not np.isfinite(loss).all():
        return float("nan")
    last = max(1, len(loss) // 5)
    before, after = float(loss[-last - 1]), float(loss[-1])
    return (before - after) / before if before > 0 else float("nan")


def score_error(score: float, n_rows: int, regression: bool) -> float:
    """Return the standard error of an accuracy or R² on so many rows; 100 where not known.

    Binomial of an accuracy; of R² the large-sample one, ``2 R (1 - R²) / sqrt(n)``.
    """
    n = n_rows or _ROWS_UNKNOWN
    if not regression:
        return math.sqrt(max(score * (1 - score), 1 / n) / n)
    return 2 * math.sqrt(max(score, 0.1)) * (1 - min(score, 0.99)) / math.sqrt(n)
