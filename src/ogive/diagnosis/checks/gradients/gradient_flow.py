"""How the gradient changes from the last layer back to the first, and what changes it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from ogive.diagnosis.checks.forming import called
from ogive.diagnosis.checks.functions import (
    flat_sides,
    greatest_slope,
    slope_rms,
    usual_slope,
)
from ogive.diagnosis.checks.wording import short
from ogive.diagnosis.measurements import Layer, Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["Flow", "flow_of", "hides_it", "shown"]

_REASONS = {
    "layers": Text(
        "The network has fewer than two hidden layers: a gradient has no way to vanish or explode "
        "on.",
        "网络的隐藏层少于两层：梯度没有可以消失或爆炸的路径。",
    ),
    "targets": Text(
        "Gradients are not known: give y (and, of a PyTorch model, a loss that fits) to measure "
        "them.",
        "梯度未知：请给出 y（PyTorch 模型还需要合适的损失函数）以便测量。",
    ),
    "not finite": Text(
        "The gradient holds numbers that are not finite; see OGV105.",
        "梯度中有非有限的数；见 OGV105。",
    ),
    "zero weights": Text(
        "The weights of the last layer are all 0: no gradient passes back through them.",
        "最后一层的权重全为 0：没有梯度能经过它传回去。",
    ),
    "no error": Text(
        "The loss has no gradient at the output on these rows, so none can be followed back.",
        "在这些行上损失对输出的梯度为 0，无法沿网络追踪梯度。",
    ),
}


class Flow(NamedTuple):
    """The norm of dLoss/dz layer by layer.

    Attributes
    ----------
    layers : tuple of Layer
        From the first hidden layer to the last one with a known error.
    ratios : tuple of float
        Error norm of each over that of the last.
    """

    layers: tuple[Layer, ...]
    ratios: tuple[float, ...]

    @property
    def gains(self) -> tuple[float, ...]:
        """Factor by which each layer but the last changes the norm."""
        return tuple(
            a / b if b else math.nan for a, b in zip(self.ratios, self.ratios[1:], strict=False)
        )

    def by_layer(self, ratio: float) -> float:
        """Return the geometric mean by layer of the ratio between the first layer and the last."""
        return ratio ** (1 / (len(self.layers) - 1)) if ratio > 0 else 0.0

    @property
    def predicted(self) -> float:
        """Geometric mean of the gains that mean field predicts; NaN where there is none."""
        known = [one.gain_predicted for one in self.layers if one.gain_predicted > 0]
        return math.exp(sum(map(math.log, known)) / len(known)) if known else math.nan

    def depth(self, ratio: float) -> float:
        """Return after how many layers the predicted gain comes to `ratio`; NaN if never."""
        gain = self.predicted
        steps = math.log(ratio) / math.log(gain) if gain > 0 and gain != 1 else math.nan
        return math.ceil(steps) if steps > 0 else math.nan

    def numbers(self, place: int, limit: float) -> dict[str, Any]:
        """Return what is told of the way from the last layer to that at `place`."""
        ratio = self.ratios[place]
        return {
            "ratio": ratio,
            "first": self.layers[place].name,
            "last": self.layers[-1].name,
            "n_layers": len(self.layers) - 1,
            "gain": self.by_layer(ratio),
            "predicted": self.predicted,
            "depth": self.depth(limit),
            "gains": list(self.gains),
            "gains_predicted": [one.gain_predicted for one in self.layers[:-1]],
            "ratios": list(self.ratios),
        }

    def parts(self) -> dict[str, float]:
        """Return how many e-foldings of the change each cause explains; negative where it shrinks.

        "weights" against what keeps a signal's size with this activation, "slopes" the greatest
        slope against 1, "saturation" the mean slope against that of z ~ N(0, 1).
        """
        parts = {"weights": 0.0, "slopes": 0.0, "saturation": 0.0}
        for layer, gain in zip(self.layers, self.gains, strict=False):
            slope = slope_rms(layer)
            if layer.function is None or layer.function.kind != "elementwise":
                continue
            usual = usual_slope(layer.function)
            if not (slope > 0 and gain > 0 and 0 < usual < math.inf):
                continue
            left, right = flat_sides(layer.function)
            needed = 1 / usual if left != right else 1.0
            top = greatest_slope(layer.function)
            # A function whose slope grows without end is as steep as it is where it is used.
            steepest = max(min(1.0, top), slope)
            parts["weights"] += math.log(gain / slope / needed)
            parts["slopes"] += math.log(steepest)
            parts["saturation"] += math.log(min(1.0, slope / usual))
        return parts


def flow_of(measured: Measurements, limits: Thresholds) -> Flow | Text:
    """Return how the gradient flows, or why that cannot be told."""
    hidden = [one for one in measured.layers if one.role == "hidden"]
    if len(hidden) < 2:
        return _REASONS["layers"]
    told = [one for one in measured.layers if one.role in ("hidden", "output")]
    norms = np.array([one.error_norm for one in told])
    if np.isnan(norms).all():
        missing = measured.nonfinite is None and not math.isfinite(measured.loss)
        return _REASONS["targets" if missing else "not finite"]
    known = np.flatnonzero(~np.isnan(norms))
    told = [told[i] for i in known]
    last = told[-1]
    # Weights of the last layer that start at 0 pass no gradient in the first step only.
    if last.role == "output" and last.weights is not None and last.weights.rms == 0:
        told = told[:-1]
    if len(told) < 2:
        return _REASONS["layers"]
    end = told[-1].error_norm
    if not math.isfinite(end):
        return _REASONS["not finite"]
    if end == 0:
        return _REASONS["no error" if told[-1] is last else "zero weights"]
    return Flow(tuple(told), tuple(one.error_norm / end for one in told))


def shown(numbers: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers and names of layers as they stand in texts."""
    told: dict[str, Any] = {}
    for key, value in numbers.items():
        if key in ("first", "last", "wide") and value:
            told[key] = called(value)
        elif isinstance(value, int | float):
            told[key] = short(value)
        else:
            told[key] = value
    return told


def hides_it(measured: Measurements) -> bool:
    """Return whether the solver divides each step by the gradient's own size."""
    solver = (measured.settings.solver or "").lower()
    return solver.startswith(("adam", "nadam", "radam", "rmsprop", "adagrad", "adadelta"))
