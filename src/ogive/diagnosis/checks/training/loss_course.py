"""What the training loss did over the epochs."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.measurements import Measurements

__all__ = ["LossCourse", "answers_like_a_constant", "loss_course", "starting_loss"]

_FEWEST = 5


@dataclass(frozen=True, slots=True)
class LossCourse:
    """The training loss in numbers.

    Attributes
    ----------
    n_epochs : int
    start, end : float
        Of the first epoch, and the median of the last tenth.
    least, peak : float
        The least and the greatest.
    least_epoch, peak_epoch : int
    scale : float
        The loss of the best constant answer; the first loss where that is not known.
    rise : float
        The end above the least loss of the epochs before the last tenth; below 0 where the loss
        went on falling.
    jump : float
        Mean rise from one epoch to the next, falls counting as 0, in the later half, as a share of
        the scale.
    falling : bool
        In the last quarter the loss fell in at least four of five epochs, and to less than before.
    failed : bool
        The loss became infinite or undefined.
    """

    n_epochs: int
    start: float
    end: float
    least: float
    least_epoch: int
    peak: float
    peak_epoch: int
    scale: float
    rise: float
    jump: float
    falling: bool
    failed: bool

    def numbers(self) -> dict[str, Any]:
        """Return all numbers, with the shares of the scale that texts tell."""
        scale = self.scale or math.nan
        return {
            **asdict(self),
            "jump_share": self.jump,
            "rise_share": self.rise / scale,
            "end_share": self.end / scale,
        }


def loss_course(measured: Measurements) -> LossCourse | None:
    """Return what the training loss did; None where fewer than five epochs were recorded."""
    losses = np.empty(0)
    baseline = math.nan
    if measured.curves is not None:
        losses, baseline = measured.curves.training_loss, measured.curves.baseline_loss
    if not losses.size and measured.course is not None:
        losses = measured.course.loss
    if not math.isfinite(baseline):
        baseline = starting_loss(measured)
    finite = losses[np.isfinite(losses)]
    failed = bool(losses.size) and not math.isfinite(losses[-1]) and not _untold(measured, losses)
    if not failed and len(finite) < _FEWEST:
        return None
    if not finite.size:
        finite = np.array([math.nan])
    last = max(1, len(finite) // 10)
    half = np.diff(finite[len(finite) // 2 :])
    quarter = np.diff(finite[-max(4, len(finite) // 4) :])
    scale = baseline if baseline > 0 else float(finite[0])
    end = float(np.median(finite[-last:]))
    return LossCourse(
        n_epochs=len(losses),
        start=float(finite[0]),
        end=end,
        least=float(finite.min()),
        least_epoch=int(finite.argmin()) + 1,
        peak=float(finite.max()),
        peak_epoch=int(finite.argmax()) + 1,
        scale=scale,
        rise=end - float(finite[:-last].min()) if len(finite) > last else 0.0,
        jump=float(np.maximum(half, 0).mean() / scale) if half.size and scale > 0 else 0.0,
        falling=bool(quarter.size and np.mean(quarter < 0) >= 0.8 and quarter.sum() < 0),
        failed=failed,
    )


def _untold(measured: Measurements, losses: NDArray[np.float64]) -> bool:
    """Return whether the last loss is one that a monitor was not told, rather than undefined."""
    course = measured.course
    if measured.framework != "torch" or course is None:
        return False
    return math.isnan(losses[-1]) and course.nonfinite is None


def starting_loss(measured: Measurements) -> float:
    """Return the loss of the best constant answer, as far as classes tell it; else NaN."""
    if measured.classes is None or measured.task not in ("binary", "multiclass"):
        return math.nan
    shares = measured.classes.counts / measured.classes.counts.sum()
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())


def answers_like_a_constant(measured: Measurements) -> bool:
    """Return whether a network, unless known to be untrained, is no better than a constant."""
    if measured.trained is False:
        return False
    if measured.task == "regression":
        return measured.score < 0.1
    return measured.loss > 0.9 * starting_loss(measured)
