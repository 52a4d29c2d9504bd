"""What a module answers, summed up: outputs, targets, score, classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from ogive.diagnosis.measurements import NAN, Classes, Outputs
from ogive.diagnosis.modules.hearing.sites import Drawn, Values, numbers
from ogive.diagnosis.modules.losses.in_use import LossInUse
from ogive.diagnosis.modules.losses.pairing import pairs_all_rows
from ogive.diagnosis.streaming import UnitAccumulator

__all__ = ["OutputRows"]

_MOST_VALUES = 1001
_MOST_CLASSES = 10_000


class OutputRows:
    """Running statistics of outputs and targets."""

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._units: UnitAccumulator | None = None
        self._z: Values | None = None
        self._even = True
        self._targets = _Targets()
        self.n_outputs = 0
        self.n_values = 0
        self._right = 0
        self._judged = 0
        self._counts = np.zeros(0)
        self._hits = np.zeros(0)
        self._squares = self._errors = 0.0
        self._sum = self._n = 0.0
        self._shift: Any = None
        self._task = "unknown"
        self._over_rows: dict[str, bool] = {}
        self._broadcast: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    def add(self, z: Any, output: Any, targets: Any, loss: LossInUse | None) -> None:
        """Add a batch: outputs before the link, outputs, targets."""
        axis = _class_axis(output, targets, loss)
        values = numbers(_rows(output, axis))
        if self._units is None:
            self.n_outputs = values.shape[1]
            self._units = UnitAccumulator(self.n_outputs)
            self._z = Values(self.n_outputs, self._drawn)
        if not self._over_rows and len(values) > 1:
            self._over_rows = {
                "softmax": _sums_over_rows(values),
                "log_softmax": _sums_over_rows(np.exp(np.minimum(values, 1.0))),
            }
        if values.shape[1] != self.n_outputs:
            self._even = False
            return
        assert self._z is not None
        self.n_values += len(values)
        self._units.add(values)
        self._z.add(values if z is output else numbers(_rows(z, axis)))
        if not isinstance(targets, torch.Tensor) or loss is None:
            return
        if (
            not self._targets.values
            and loss.task in ("regression", "unknown")
            and pairs_all_rows(loss.call, output.detach(), targets.detach())
        ):
            self._broadcast = tuple(output.shape), tuple(targets.shape)
        self._task = loss.task
        self._targets.add(targets)
        self._judge(output.detach(), targets.detach(), axis, loss)

    def _judge(self, output: Any, targets: Any, axis: int, loss: LossInUse) -> None:
        if loss.task == "multiclass" and output.ndim > 1:
            answered = output.argmax(axis)
            wanted = targets
            if targets.shape == output.shape and targets.is_floating_point():
                wanted = targets.argmax(axis)
            self._count(answered.reshape(-1), wanted.reshape(-1).long())
        elif loss.task in ("binary", "multilabel") and targets.numel() == output.numel():
            border = 0.5 if loss.name == "BCELoss" else 0.0
            answered = (output.reshape(-1) > border).long()
            wanted = targets.reshape(-1)
            wanted = (wanted > 0.5).long()
            if loss.task == "binary":
                self._count(answered, wanted)
            else:
                self._right += int((answered == wanted).sum())
                self._judged += int(wanted.numel())
        elif loss.task == "regression" and targets.numel() == output.numel():
            self._regress(numbers(_rows(output, axis)), numbers(targets.reshape(output.shape)))

    def _count(self, answered: Any, wanted: Any) -> None:
        a, w = answered.cpu().numpy(), wanted.cpu().numpy()
        known = w >= 0  # ignore_index is negative by default
        a, w = a[known], w[known]
        if not len(w):
            return
        hit = a == w
        self._right += int(np.count_nonzero(hit))
        self._judged += len(w)
        if w.max() >= _MOST_CLASSES:
            return
        size = max(int(w.max()) + 1, self.n_outputs, 2)
        if size > len(self._counts):
            self._counts = np.pad(self._counts, (0, size - len(self._counts)))
            self._hits = np.pad(self._hits, (0, size - len(self._hits)))
        self._counts += np.bincount(w, minlength=len(self._counts))
        self._hits += np.bincount(w[hit], minlength=len(self._hits))

    def _regress(self, answered: Any, wanted: Any) -> None:
        y = wanted.reshape(answered.shape).astype(np.float64)
        if self._shift is None:
            self._shift = y.mean(axis=0)
        difference = y - self._shift
        self._sum = self._sum + difference.sum(axis=0)
        self._squares = self._squares + (difference**2).sum(axis=0)
        self._errors = self._errors + ((y - answered) ** 2).sum(axis=0)
        self._n += len(y)

    @property
    def _deviation(self) -> Any:
        """Sum over rows of squared differences of the targets from their mean, by output."""
        return self._squares - np.square(self._sum) / max(self._n, 1)

    @property
    def score(self) -> float:
        """Accuracy, or R² (the mean over outputs); NaN without targets."""
        if self._task == "regression" and self._n:
            total = np.asarray(self._deviation)
            varied = total > 0
            if not varied.any():
                return NAN
            return float(np.mean(1 - np.asarray(self._errors)[varied] / total[varied]))
        return self._right / self._judged if self._judged else NAN

    def _moments(self) -> dict[str, Any]:
        """Return mean and standard deviation of a regression's targets, by output."""
        if self._task != "regression" or not self._n:
            return {}
        mean = np.atleast_1d(self._shift + self._sum / self._n)
        std = np.sqrt(np.maximum(np.atleast_1d(self._deviation) / self._n, 0))
        return {"target_mean": mean, "target_std": std}

    def baseline(self, loss: LossInUse | None) -> float:
        """Return the loss of the best constant answer; NaN of losses for which it is not known."""
        if loss is None:
            return NAN
        if loss.name == "MSELoss" and self._n:
            return float(np.mean(self._deviation) / self._n)
        entropic = ("CrossEntropyLoss", "NLLLoss", "BCELoss", "BCEWithLogitsLoss")
        if loss.name in entropic and self._counts.sum() > 0:
            share = self._counts[self._counts > 0] / self._counts.sum()
            return float(-np.sum(share * np.log(share)))
        return NAN

    def classes(self, labels: Any) -> Classes | None:
        """Return counts and recall of each class; None where there are no classes."""
        n = len(self._counts)
        if not n or not self._counts.any():
            return None
        named = labels if labels is not None and len(labels) == n else range(n)
        with np.errstate(invalid="ignore", divide="ignore"):
            recall = self._hits / self._counts
        told = tuple(one.item() if hasattr(one, "item") else one for one in named)
        return Classes(told, self._counts.copy(), recall)

    def sample_z(self) -> Any:
        """Return sampled outputs before the link."""
        return None if self._z is None or not self._even else self._z.result()

    def result(self, activation: str, loss: LossInUse | None, linear_r2: float) -> Outputs | None:
        """Return the record; None where outputs differ in width."""
        if self._units is None or not self._even:
            return None
        units = self._units.result()
        told = self._targets
        return Outputs(
            activation=activation,
            loss=None if loss is None else loss.name,
            least=units.z_min,
            greatest=units.z_max,
            mean=units.z_mean,
            std=np.sqrt(units.z_var),
            target_least=told.least,
            target_greatest=told.greatest,
            target_values=len(told.values),
            target_whole=told.whole,
            linear_r2=linear_r2,
            broadcast=self._broadcast,
            over_rows=self._over_rows.get(activation, False),
            **self._moments(),
        )


def _sums_over_rows(shares: Any) -> bool:
    """Return whether columns sum to 1 and rows do not, as after a softmax over the wrong axis."""
    with np.errstate(invalid="ignore", over="ignore"):
        columns, rows = (np.abs(shares.sum(axis=axis, dtype=np.float64) - 1) for axis in (0, 1))
    return bool(columns.max() < 0.02 and rows.max() > 0.05)


class _Targets:
    def __init__(self) -> None:
        self.least = self.greatest = NAN
        self.whole = False
        self.values: set[float] = set()

    def add(self, targets: Any) -> None:
        given = numbers(targets).reshape(-1) if targets.is_floating_point() else None
        if given is None:
            given = targets.detach().cpu().numpy().reshape(-1)
        if not given.size:
            return
        first = np.isnan(self.least)
        self.least = float(given.min() if first else min(self.least, given.min()))
        self.greatest = float(given.max() if first else max(self.greatest, given.max()))
        whole = bool(np.all(given == np.round(given)))
        self.whole = whole if first else self.whole and whole
        if len(self.values) < _MOST_VALUES:
            self.values.update(np.unique(given)[:_MOST_VALUES].tolist())
            if len(self.values) > _MOST_VALUES:
                self.values = set(sorted(self.values)[:_MOST_VALUES])


def _class_axis(output: Any, targets: Any, loss: LossInUse | None) -> int:
    if output.ndim < 2:
        return 0
    if loss is not None and loss.task == "multiclass" and isinstance(targets, torch.Tensor):
        if output.ndim == targets.ndim + 1 and output.ndim > 2:
            same = output.shape[:1] + output.shape[2:] == targets.shape
            return 1 if same else output.ndim - 1
        return 1 if output.ndim == 2 else output.ndim - 1
    return 1 if output.ndim in (2, 4, 5) else output.ndim - 1


def _rows(output: Any, axis: int) -> Any:
    """Return outputs of shape (rows, n_outputs)."""
    values = output.detach()
    if values.ndim < 2:
        return values.reshape(-1, 1)
    return values.movedim(axis, -1).reshape(-1, values.shape[axis])
