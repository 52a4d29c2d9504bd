"""The record of a gradient descent: where it passed, how it ended and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ogive.linear.solution import Array
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.linear.descent import Settings

__all__ = ["Descent", "Trace", "advice_text", "outcome_text", "smaller_text"]

FIRST = 100
"""So many steps are all recorded: that is where most of the way is made."""

MOST = 1000
"""No more records than this are kept, the last one aside."""


@dataclass(frozen=True)
class Descent:
    """The trace of a gradient descent, in the user's units.

    Of a long descent only a part of the steps is recorded, the first hundred and the last always.

    Attributes
    ----------
    coef : ndarray of shape (n_records, n_features) or (n_records, n_targets, n_features)
        Starts with zeros.
    intercept : ndarray of shape (n_records,) or (n_records, n_targets)
    loss : ndarray of shape (n_records,) or (n_records, n_targets)
        Half the weighted mean squared error over all rows.
    step : ndarray of shape (n_records,)
        Number of steps taken before.
    epoch : ndarray of shape (n_records,)
        Passes over the data before, with fractions.
    n_steps : int
        Steps taken in all.
    learning_rate : float
        Of the first step, for standardised columns.
    learning_rate_limit : float
        2/λmax: from here on a full descent diverges.
    batch_size : int or None
        None where each step saw all rows.
    converged, diverged : bool
    text : Text or None
        What went wrong and what to do, where it did not converge.
    """

    coef: Array
    intercept: Array
    loss: Array
    step: NDArray[np.int64]
    epoch: Array
    n_steps: int
    learning_rate: float
    learning_rate_limit: float
    batch_size: int | None
    converged: bool
    diverged: bool
    text: Text | None


class Trace:
    """Weights by step, thinned by halves where there are too many."""

    def __init__(self, start: Array) -> None:
        self._kept: list[tuple[int, Array]] = [(0, start)]
        self._last: tuple[int, Array] | None = None
        self._stride = 1

    def wanted(self, first: int, last: int) -> Iterator[int]:
        """Yield the steps from `first` to `last` that should be added."""
        yield from range(first, min(last, FIRST) + 1)
        after = max(first, FIRST + 1)
        yield from range(after + -after % self._stride, last + 1, self._stride)

    def add(self, step: int, weights: Array) -> None:
        """Add a step, if it is to be kept; steps must come in order."""
        self.last(step, weights)
        if step > FIRST and step % self._stride:
            return
        self._kept.append((step, weights))
        if len(self._kept) > MOST:
            self._stride *= 2
            self._kept = [
                kept for kept in self._kept if kept[0] <= FIRST or kept[0] % self._stride == 0
            ]

    def last(self, step: int, weights: Array) -> None:
        """Remember the latest step, in case it is the last."""
        self._last = (step, weights)

    def finish(self) -> None:
        """Keep the last step, and forget those at whose end there were no numbers any more."""
        if self._last is not None and self._last[0] > self._kept[-1][0]:
            self._kept.append(self._last)
        while len(self._kept) > 1 and not np.abs(self._kept[-1][1]).max(initial=0.0) < 1e150:
            self._kept.pop()

    def steps(self) -> NDArray[np.int64]:
        """Return the steps that were kept."""
        return np.array([step for step, _ in self._kept], dtype=np.int64)

    def values(self) -> Array:
        """Return the weights that were kept, with the step as the first axis."""
        return np.stack([weights for _, weights in self._kept])


def outcome_text(
    state: str,
    batch: int | None,
    rate: float,
    limit: float,
    settings: Settings,
    gradient: float,
    automatic: bool,
) -> Text | None:
    """Say what went wrong and what to do, or return None where it converged."""
    if state == "converged":
        return None
    if state == "diverged":
        smaller = smaller_text(batch)
        return Text(
            f"Gradient descent diverged: the learning rate {rate:g} is too large. On these data, "
            f"whose columns are standardised, it must stay below 2/λmax = {limit:.4g}"
            f"{smaller.en}. Use learning_rate='auto'.",
            f"梯度下降发散：学习率 {rate:g} 过大。对这些数据（各列已标准化），"
            f"学习率必须小于 2/λmax = {limit:.4g}{smaller.zh}。请使用 learning_rate='auto'。",
        )
    reached = Text(
        f"Gradient descent had not converged after max_iter={settings.max_iter} epochs: the "
        f"largest component of the gradient is {gradient:.1e}, where tol={settings.tol:g} is "
        "asked for. ",
        f"梯度下降在 max_iter={settings.max_iter} 轮后尚未收敛：梯度的最大分量为 {gradient:.1e}，"
        f"而要求的 tol={settings.tol:g}。",
    )
    advice = advice_text(
        batch,
        rate,
        limit,
        automatic,
        Text(
            "Raise max_iter or tol, or use solver='qr', which needs no steps.",
            "请增大 max_iter 或 tol，或使用无需迭代的 solver='qr'。",
        ),
    )
    return Text(reached.en + advice.en, reached.zh + advice.zh)


def smaller_text(batch: int | None) -> Text:
    """Say that steps on batches need a smaller rate than the limit, where there are batches."""
    if batch is None:
        return Text("", "")
    return Text("; steps on batches need a smaller one still", "；按批次更新时还要更小")


def advice_text(
    batch: int | None, rate: float, limit: float, automatic: bool, otherwise: Text
) -> Text:
    """Say what helps a descent that is too slow; `otherwise` where its rate is not to blame."""
    if batch is not None and not automatic:
        return Text(
            "Steps on batches at a constant learning rate keep hovering about the minimum; use "
            "learning_rate='auto', which lets it decay.",
            "按批次更新而学习率不变时，系数会一直在最小值附近徘徊；"
            "请使用会让学习率衰减的 learning_rate='auto'。",
        )
    if batch is None and not automatic and rate < limit / 4:
        return Text(
            f"Raise max_iter, or the learning rate, which may be anything below {limit:.4g}.",
            f"请增大 max_iter，或增大学习率（小于 {limit:.4g} 即可）。",
        )
    return otherwise
