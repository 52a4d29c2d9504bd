"""What many layers leave of the gradient, for every activation beside each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ogive.activations import Activation, activations
from ogive.activations import activation as look_up
from ogive.lecture.gradients import GradientByDepth, gradient_by_depth
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["GradientTable", "gradient_by_depth_table"]

TITLE = Text(
    "What {depth} layers of {width} units leave of the gradient ({init}, {n} networks each)",
    "{depth} 层、每层 {width} 个单元的网络中剩下的梯度（{init}，每种 {n} 个网络）",
)
HEADER = (
    Text("activation", "激活函数"),
    Text("left", "剩下"),
    Text("mean field", "平均场预测"),
    Text("a layer", "每层"),
    Text("slope", "最大斜率"),
    Text("slope^n", "斜率^n"),
)
MEANING = Text(
    "left: size of dLoss/dz in the first layer as a share of the output layer's, before training, "
    "after {n} activations; mean field: what theory predicts of it, for functions of one element; "
    "a layer: the measured factor; slope: the greatest there is.",
    "剩下：训练前第 1 层 dLoss/dz 的大小，以输出层为 1，其间经过 {n} 个激活函数；"
    "平均场预测只适用于逐元素作用的函数；每层：实测的倍数；最大斜率：|f′| 的最大值。",
)
NOT_FINITE = Text("overflows", "溢出")


@dataclass(frozen=True, eq=False, repr=False)
class GradientTable:
    """One network shape with one activation after the other.

    Attributes
    ----------
    results : tuple of GradientByDepth
        In the order given.
    """

    results: tuple[GradientByDepth, ...]

    def text(self, language: Language | None = None) -> str:
        """Return the table, the activation that leaves most of the gradient first."""
        from ogive.classification.showing import text_page

        language = language or default_language()
        rows = []
        for result in self.ordered():
            share = float(result.measured[0])
            rows.append(
                [
                    result.function.name,
                    f"{share:.2e}" if math.isfinite(share) else NOT_FINITE.to(language),
                    _number(result.predicted[0], ".2e"),
                    _number(result.factor, ".3f") if math.isfinite(share) else "",
                    _number(result.greatest_slope, ".4g"),
                    _number(result.best_case[0], ".2e"),
                ]
            )
        notes = [MEANING.to(language, n=self.depth)]
        header = [name.to(language) for name in HEADER]
        return text_page(self.title(language), header, rows, notes)

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.results[0].layer)

    def ordered(self) -> list[GradientByDepth]:
        """Return the results, the most of the gradient first; what overflows last."""

        def key(result: GradientByDepth) -> float:
            share = float(result.measured[0])
            return -share if math.isfinite(share) else math.inf

        return sorted(self.results, key=key)

    def title(self, language: Language) -> str:
        """Return what was done, in one line."""
        one = self.results[0]
        return TITLE.to(language, depth=self.depth, width=one.width, init=one.init, n=one.n_seeds)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data that JSON takes; what is not known is None."""
        return {"depth": self.depth, "results": [result.to_dict() for result in self.results]}

    def to_polars(self) -> pl.DataFrame:
        """Return one row an activation."""
        import polars as pl

        records = [
            {
                "activation": result.function.name,
                "measured": float(result.measured[0]),
                "low": float(result.low[0]),
                "high": float(result.high[0]),
                "predicted": float(result.predicted[0]),
                "factor": result.factor,
                "predicted_factor": result.predicted_factor,
                "greatest_slope": result.greatest_slope,
                "best_case": float(result.best_case[0]),
            }
            for result in self.results
        ]
        return pl.DataFrame(records)

    def plot(self, language: Language | None = None) -> Any:
        """Return a chart of what is left of the gradient, measured and predicted."""
        from ogive.plots.gradient_depth import gradient_shares

        records = [
            {
                "activation": result.function.name,
                "measured": float(result.measured[0]),
                "predicted": float(result.predicted[0]),
            }
            for result in self.ordered()
        ]
        return gradient_shares(records, language=language or default_language())

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__


def gradient_by_depth_table(
    activations_: Sequence[Activation | str] | None = None,
    depth: int = 10,
    *,
    width: int = 100,
    init: str = "glorot_uniform",
    n_seeds: int = 5,
    n_rows: int = 5,
    random_state: int = 0,
    progress: Callable[[int, int], Any] | None = None,
) -> GradientTable:
    """Measure what is left of the gradient for many activations; see `gradient_by_depth`.

    Parameters
    ----------
    activations_ : sequence of str or Activation, optional
        The whole catalogue by default.
    depth, width, init, n_seeds, n_rows, random_state
        As of `gradient_by_depth`.
    progress : callable, optional
        Called with the number of activations done and of all.

    Returns
    -------
    GradientTable
    """
    chosen = [look_up(one) for one in (activations() if activations_ is None else activations_)]
    results = []
    for done, function in enumerate(chosen):
        if progress is not None:
            progress(done, len(chosen))
        results.append(
            gradient_by_depth(
                function,
                depth,
                width=width,
                init=init,
                n_seeds=n_seeds,
                n_rows=n_rows,
                random_state=random_state,
            )
        )
    return GradientTable(tuple(results))


def _number(value: float, form: str) -> str:
    return "" if math.isnan(value) else "∞" if math.isinf(value) else format(float(value), form)
