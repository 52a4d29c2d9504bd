"""What becomes of the gradient on its way back through many layers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.activations import Activation
from ogive.activations import activation as look_up
from ogive.activations.slopes import greatest_slope
from ogive.diagnosis.mean_field.course import signal_course
from ogive.diagnosis.mean_field.gain import predicted_gain
from ogive.lecture.starting import (
    N_CLASSES,
    check_scheme,
    check_whole,
    interval,
    normal_rows,
    starting_classifier,
)
from ogive.network.engine import build_table, single_threaded_blas
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["GradientByDepth", "gradient_by_depth"]

Array = NDArray[np.float64]

TITLE = Text(
    "Gradient by depth: {depth} layers of {width} {name} units, {init}, {n} networks",
    "梯度随深度的变化：{depth} 层，每层 {width} 个 {name} 单元，{init}，{n} 个网络",
)
HEADER = (
    Text("layer", "层"),
    Text("passed", "经过层数"),
    Text("measured", "实测"),
    Text("95 % interval", "95% 区间"),
    Text("mean field", "平均场预测"),
    Text("{greatest}^n", "{greatest}^n"),
)
MEANING = Text(
    "Size of dLoss/dz as a share of the output layer's, before training; n counts the activations "
    "that the gradient has passed. Mean field: what is predicted from the weights' variance.",
    "训练前 dLoss/dz 的大小，以输出层为 1；n 是梯度经过的激活函数个数。"
    "平均场预测由权重的方差算出。",
)
BEST_CASE = Text(
    "{greatest}^n is what the activations alone leave at most: their greatest slope is {greatest}.",
    "{greatest}^n 是激活函数本身最多能留下的部分：其最大斜率为 {greatest}。",
)
RESULT = Text(
    "After {n} activations {share:.2g} of the gradient is left: a factor of {factor:.3g} a layer.",
    "经过 {n} 个激活函数后，梯度剩下 {share:.2g}：每层乘以 {factor:.3g}。",
)
NOTHING = Text(
    "After {n} activations no gradient is left at all.", "经过 {n} 个激活函数后，梯度完全消失。"
)
OVERFLOW = Text("The numbers overflow: the gradient is not finite.", "数值溢出：梯度不是有限的数。")


@dataclass(frozen=True, eq=False, repr=False)
class GradientByDepth:
    """The gradient in each hidden layer of networks at their start; from input to output.

    Arrays have shape (depth,) and hold dLoss/dz as a share of that in the output layer.

    Attributes
    ----------
    function : Activation
    layer, passed : ndarray of int
        Number of the layer from 1, and the activations the gradient has passed to get there.
    measured, low, high : ndarray of float64
        Geometric mean over the networks of the root mean square over rows, and its 95 % interval.
    predicted : ndarray of float64
        By mean-field theory; NaN for functions of whole rows.
    best_case : ndarray of float64
        The greatest slope to the power of `passed`; NaN for functions of whole rows.
    greatest_slope : float
    width, n_seeds, n_rows : int
    init : str
    """

    function: Activation
    layer: NDArray[np.int64]
    passed: NDArray[np.int64]
    measured: Array
    low: Array
    high: Array
    predicted: Array
    best_case: Array
    greatest_slope: float
    width: int
    init: str
    n_seeds: int
    n_rows: int

    @property
    def factor(self) -> float:
        """Measured factor a layer, from the last hidden layer to the first; NaN for one layer."""
        return _factor(self.measured)

    @property
    def predicted_factor(self) -> float:
        """Predicted factor a layer, likewise."""
        return _factor(self.predicted)

    def text(self, language: Language | None = None) -> str:
        """Return a table of the layers, the output's end first."""
        from ogive.classification.showing import text_page

        language = language or default_language()
        greatest = f"{self.greatest_slope:.4g}"
        told = not math.isnan(self.greatest_slope)
        header = [name.to(language, greatest=greatest) for name in HEADER][: None if told else -1]
        rows = []
        for i in reversed(range(len(self.layer))):
            known = not math.isnan(self.low[i])
            row = [
                str(self.layer[i]),
                str(self.passed[i]),
                _number(self.measured[i]),
                f"{_number(self.low[i])} … {_number(self.high[i])}" if known else "",
                _number(self.predicted[i]),
                _number(self.best_case[i]),
            ]
            rows.append(row[: len(header)])
        notes = [MEANING.to(language)]
        if told:
            notes.append(BEST_CASE.to(language, greatest=greatest))
        page = text_page(self.title(language), header, rows, notes)
        return f"{page}\n{self.result(language)}"

    def title(self, language: Language) -> str:
        """Return what was done, in one line."""
        name = self.function.name
        depth, n = len(self.layer), self.n_seeds
        return TITLE.to(language, depth=depth, width=self.width, name=name, init=self.init, n=n)

    def result(self, language: Language) -> str:
        """Return what is left in the first layer, in a sentence."""
        n, share = int(self.passed[0]), float(self.measured[0])
        if not math.isfinite(share):
            return OVERFLOW.to(language)
        if share == 0:
            return NOTHING.to(language, n=n)
        return RESULT.to(language, n=n, share=share, factor=share ** (1 / n))

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data that JSON takes; what is not known is None."""
        return {
            "activation": self.function.name,
            "parameters": dict(self.function.parameters),
            "depth": len(self.layer),
            "width": self.width,
            "init": self.init,
            "n_seeds": self.n_seeds,
            "n_rows": self.n_rows,
            "greatest_slope": _plain(self.greatest_slope),
            "factor": _plain(self.factor),
            "predicted_factor": _plain(self.predicted_factor),
            "layers": [
                {name: _plain(getattr(self, name)[i]) for name in _COLUMNS}
                for i in range(len(self.layer))
            ],
        }

    def to_polars(self) -> pl.DataFrame:
        """Return one row a layer."""
        import polars as pl

        return pl.DataFrame({name: getattr(self, name) for name in _COLUMNS})

    def plot(self, language: Language | None = None) -> Any:
        """Return a chart of the gradient by layer, on a logarithmic axis."""
        from ogive.plots.gradient_depth import gradient_depth

        language = language or default_language()
        records = self.to_dict()["layers"]
        return gradient_depth(records, greatest=self.greatest_slope, language=language)

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__


_COLUMNS = ("layer", "passed", "measured", "low", "high", "predicted", "best_case")


def gradient_by_depth(
    activation: Activation | str = "sigmoid",
    depth: int = 20,
    *,
    width: int = 100,
    init: str = "glorot_uniform",
    n_seeds: int = 10,
    n_rows: int = 10,
    random_state: int = 0,
) -> GradientByDepth:
    """Measure how much of the gradient each layer of a network gets before training.

    The lecture's argument is that n sigmoid layers leave at most 0.25^n of it: 9.8e-4 of 5 layers,
    9.5e-7 of 10, 9.1e-13 of 20. Here real networks for ten classes are drawn as training would
    start them, and the derivative of the log loss is computed on rows of standard normal features
    and random classes.

    Parameters
    ----------
    activation : str or Activation, default="sigmoid"
        Name, formula or Activation.
    depth : int, default=20
        Number of hidden layers.
    width : int, default=100
        Units in each, and features of the rows.
    init : str, default="glorot_uniform"
        Initialisation as of `MLPClassifier`; "auto" takes what suits the function.
    n_seeds : int, default=10
        Networks drawn.
    n_rows : int, default=10
        Rows for each.
    random_state : int, default=0
        Seed of the first network; the others follow.

    Returns
    -------
    GradientByDepth

    Raises
    ------
    InputError
        For a function that is not known and numbers that cannot be used.

    Examples
    --------
    >>> from ogive.lecture import gradient_by_depth
    >>> result = gradient_by_depth("sigmoid", depth=20)
    >>> float(result.best_case[0])
    9.094947017729282e-13
    >>> bool(result.measured[0] < 1e-9)
    True
    """
    function = look_up(activation)
    check_whole("depth", depth, 1, 1000)
    check_whole("width", width, 2, 10_000)
    check_whole("n_seeds", n_seeds, 1, 10_000)
    check_whole("n_rows", n_rows, 1, 10_000)
    check_scheme(init)
    shares, lengths = [], []
    for seed in range(random_state, random_state + n_seeds):
        share, length = _one_network(function, depth, width, init, n_rows, seed)
        shares.append(share)
        lengths.append(length)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.array(shares))
        mean, low, high = interval(logs)
    passed = np.arange(depth, 0, -1)
    greatest = _greatest(function)
    with np.errstate(over="ignore"):
        best = np.power(greatest, passed.astype(np.float64))
    return GradientByDepth(
        function, np.arange(1, depth + 1), passed, np.exp(mean), np.exp(low), np.exp(high),
        _predicted(function, depth, width, np.mean(lengths, axis=0)), best, float(greatest),
        width, init, n_seeds, n_rows,
    )  # fmt: skip


def _one_network(
    function: Activation, depth: int, width: int, init: str, n_rows: int, seed: int
) -> tuple[Array, Array]:
    """Return the gradient's shares by layer, and the variances of the weights that decide them.

    The gradient with respect to the intercepts, on one row, is dLoss/dz itself.
    """
    model = starting_classifier(function, width, [width] * depth, init, seed)
    units = [width, *[width] * depth, N_CLASSES]
    network = model._network(units, [function] * depth, np.dtype(np.float64))
    X = normal_rows(n_rows, width, 0.0, seed + 1_000_000)
    labels = np.random.RandomState(seed).randint(0, N_CLASSES, n_rows).astype(np.int32)
    sizes = [b.size for b in model.intercepts_]
    first = sum(w.size for w in model.coefs_)
    ends = first + np.cumsum([0, *sizes])
    squares = np.zeros(depth + 1)
    with single_threaded_blas(network), np.errstate(over="ignore", invalid="ignore"):
        for row in range(n_rows):
            table = build_table(X[row : row + 1], None, labels[row : row + 1])
            gradient = network.loss_and_gradient(table.data, 0.0)[2]
            for layer in range(depth + 1):
                squares[layer] += np.square(gradient[ends[layer] : ends[layer + 1]]).sum()
        shares = np.sqrt(squares[:-1] / squares[-1])
    w, b = model.coefs_, model.intercepts_
    hidden = np.mean([np.mean(np.square(one)) for one in w[1:-1]]) if depth > 1 else 0.0
    intercept = np.mean([np.mean(np.square(one)) for one in b[:-1]])
    out = math.sqrt(np.mean(np.square(w[-1])))
    first_z = width * np.mean(np.square(w[0])) + np.mean(np.square(b[0]))
    return shares, np.array([hidden, intercept, first_z, out])


def _predicted(function: Activation, depth: int, width: int, lengths: Array) -> Array:
    """Return the mean-field prediction from what was drawn: variances of weights and of z."""
    if function.kind != "elementwise":
        return np.full(depth, math.nan)
    hidden, intercept, first_z, out = lengths
    width_root = math.sqrt(width)
    course = signal_course(
        function, depth, width_root * math.sqrt(hidden), math.sqrt(intercept), float(first_z)
    )
    last = predicted_gain(function, 0.0, float(course.q[-1]), float(out), width)
    return course.gradient * last


def _factor(shares: Array) -> float:
    if len(shares) < 2:
        return math.nan
    if shares[0] == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float((shares[0] / shares[-1]) ** (1 / (len(shares) - 1)))


def _greatest(function: Activation) -> float:
    """Return the greatest slope anywhere; NaN for functions of whole rows."""
    if function.kind != "elementwise":
        return math.nan
    slopes = function.facts.derivative_range
    if slopes.known:
        return float(max(abs(slopes.lower), abs(slopes.upper)))
    return greatest_slope(function)


def _plain(value: Any) -> Any:
    value = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.2e}"
