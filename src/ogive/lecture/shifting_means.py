"""How activations that are not zero-centred shift the mean of what they pass on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.activations import Activation
from ogive.activations import activation as look_up
from ogive.diagnosis.mean_field.expectation import mean_square
from ogive.lecture.starting import (
    check_scheme,
    check_whole,
    forward,
    interval,
    normal_rows,
    starting_classifier,
)
from ogive.text import InputError, Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MeanShift", "ShiftedMeans", "mean_shift"]

Array = NDArray[np.float64]

TITLE = Text(
    "Mean of the outputs by layer, inputs N({mean:g}, 1): {depth} layers of {width} units, {init}, "
    "{n} networks",
    "各层输出的均值，输入服从 N({mean:g}, 1)：{depth} 层，每层 {width} 个单元，{init}，{n} 个网络",
)
LAYER = Text("layer", "层")
INPUT = Text("input", "输入")
ALONE = Text("f alone", "仅经过 f")
MEANING = Text(
    "Mean over rows and units before training, ± the standard deviation over networks. “f alone” "
    "is the mean of f(x) of the inputs themselves, without weights.",
    "训练前对样本和单元求得的均值，± 为各网络之间的标准差。“仅经过 f”是不经权重、"
    "直接对输入计算 f(x) 的均值。",
)


@dataclass(frozen=True, eq=False)
class ShiftedMeans:
    """One activation.

    Attributes
    ----------
    function : Activation
    means : ndarray of shape (n_seeds, depth)
        Mean of the outputs of each layer, over rows and units.
    alone : float
        Expectation of f(x) for the inputs x themselves; NaN for functions of whole rows.
    """

    function: Activation
    means: Array
    alone: float


@dataclass(frozen=True, eq=False, repr=False)
class MeanShift:
    """Several activations beside each other.

    Attributes
    ----------
    results : tuple of ShiftedMeans
    input_mean : float
    width, n_rows : int
    init : str
    """

    results: tuple[ShiftedMeans, ...]
    input_mean: float
    width: int
    init: str
    n_rows: int

    def text(self, language: Language | None = None) -> str:
        """Return a table of the layers, one column an activation."""
        from ogive.classification.showing import text_page

        language = language or default_language()
        header = [LAYER.to(language), *(one.function.name for one in self.results)]
        alone = ["" if math.isnan(one.alone) else f"{one.alone:.4f}" for one in self.results]
        rows = [
            [INPUT.to(language), *[f"{self.input_mean:.3f}"] * len(self.results)],
            *([str(i + 1), *(_cell(one.means[:, i]) for one in self.results)]
              for i in range(self.results[0].means.shape[1])),
            [ALONE.to(language), *alone],
        ]  # fmt: skip
        return text_page(self.title(language), header, rows, [MEANING.to(language)])

    def title(self, language: Language) -> str:
        """Return what was done, in one line."""
        n, depth = self.results[0].means.shape
        return TITLE.to(
            language, mean=self.input_mean, depth=depth, width=self.width, init=self.init, n=n
        )

    def records(self) -> list[dict[str, Any]]:
        """Return a record an activation and layer; layer 0 is the input."""
        records = []
        for one in self.results:
            name, start = one.function.name, self.input_mean
            records.append(
                {"activation": name, "layer": 0, "mean": start, "low": start, "high": start}
            )
            mean, low, high = interval(one.means)
            records += [
                {
                    "activation": name,
                    "layer": i + 1,
                    "mean": float(mean[i]),
                    "low": None if math.isnan(low[i]) else float(low[i]),
                    "high": None if math.isnan(high[i]) else float(high[i]),
                }
                for i in range(len(mean))
            ]
        return records

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data that JSON takes; what is not known is None."""
        return {
            "input_mean": self.input_mean,
            "width": self.width,
            "init": self.init,
            "n_rows": self.n_rows,
            "results": [
                {
                    "activation": one.function.name,
                    "alone": None if math.isnan(one.alone) else one.alone,
                    "means": [
                        [v if math.isfinite(v) else None for v in r] for r in one.means.tolist()
                    ],
                }
                for one in self.results
            ],
        }

    def to_polars(self) -> pl.DataFrame:
        """Return one row an activation and layer."""
        import polars as pl

        return pl.DataFrame(self.records())

    def plot(self, language: Language | None = None) -> Any:
        """Return a chart of the mean by layer."""
        from ogive.plots.lecture_lines import lines_with_bands

        language = language or default_language()
        records = [
            {"line": r["activation"], "x": r["layer"], "y": r["mean"], "low": r["low"],
             "high": r["high"]}
            for r in self.records()
        ]  # fmt: skip
        return lines_with_bands(
            records,
            x_title=Text("Layer (0 is the input)", "层（0 为输入）").to(language),
            y_title=Text("Mean of the outputs", "输出的均值").to(language),
            legend=Text("activation", "激活函数").to(language),
        )

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__


def mean_shift(
    activations: Sequence[Activation | str] = ("sigmoid", "tanh", "relu"),
    *,
    depth: int = 5,
    width: int = 100,
    input_mean: float = 0.0,
    init: str = "glorot_uniform",
    n_seeds: int = 10,
    n_rows: int = 200,
    random_state: int = 0,
) -> MeanShift:
    """Follow the mean of the data through the layers of networks before training.

    A sigmoid lifts a mean of 0 to 0.5 in its first layer; tanh leaves it at 0; ReLU, whose outputs
    are never negative, lifts it too.

    Parameters
    ----------
    activations : sequence of str or Activation, default=("sigmoid", "tanh", "relu")
    depth : int, default=5
        Number of hidden layers.
    width : int, default=100
        Units in each, and features of the rows.
    input_mean : float, default=0.0
        Mean of the features, which are normal with variance 1.
    init : str, default="glorot_uniform"
        Initialisation as of `MLPClassifier`.
    n_seeds : int, default=10
        Networks drawn for each activation.
    n_rows : int, default=200
    random_state : int, default=0
        Seed of the first network; the others follow.

    Returns
    -------
    MeanShift

    Raises
    ------
    InputError
        For a function that is not known and numbers that cannot be used.
    """
    if isinstance(activations, str | Activation):
        activations = (activations,)
    functions = [look_up(one) for one in activations]
    if not functions:
        raise InputError(
            "activations must name at least one function, such as ('sigmoid', 'tanh').",
            "activations 至少要有一个函数，例如 ('sigmoid', 'tanh')。",
        )
    check_whole("depth", depth, 1, 1000)
    check_whole("width", width, 2, 10_000)
    check_whole("n_seeds", n_seeds, 1, 10_000)
    check_whole("n_rows", n_rows, 1, 1_000_000)
    if not (isinstance(input_mean, int | float) and math.isfinite(input_mean)):
        raise InputError(
            f"input_mean must be a finite number. Got {input_mean!r} instead.",
            f"input_mean 必须是有限的数，得到的却是 {input_mean!r}。",
        )
    check_scheme(init)
    rows = normal_rows(n_rows, width, float(input_mean), random_state + 1_000_000)
    results = []
    for function in functions:
        means = []
        for seed in range(random_state, random_state + n_seeds):
            model = starting_classifier(function, width, [width] * depth, init, seed)
            with np.errstate(over="ignore", invalid="ignore"):
                means.append([float(a.mean()) for _, a in forward(model, function, rows)])
        alone = _expected(function, float(input_mean))
        results.append(ShiftedMeans(function, np.array(means), alone))
    return MeanShift(tuple(results), float(input_mean), width, init, n_rows)


def _expected(function: Activation, mean: float) -> float:
    """Return E[f(x)], x ~ N(mean, 1), as half of what (f + 1)² exceeds f² + 1 by."""
    if function.kind != "elementwise":
        return math.nan
    above = mean_square(lambda z: function(z) + 1, mean, 1.0)
    return float((above - mean_square(function, mean, 1.0) - 1) / 2)


def _cell(means: Array) -> str:
    if len(means) < 2 or not np.isfinite(means).all():
        return f"{means.mean():.3f}"
    return f"{means.mean():.3f} ± {means.std(ddof=1):.3f}"
