"""How many units of a ReLU network are active before training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ogive.activations import activation as look_up
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

__all__ = ["Sparsity", "relu_sparsity"]

Array = NDArray[np.float64]

TITLE = Text(
    "Active ReLUs before training: {depth} layers of {width} units, {init}, {n} networks",
    "训练前激活的 ReLU：{depth} 层，每层 {width} 个单元，{init}，{n} 个网络",
)
HEADER = (
    Text("layer", "层"),
    Text("active", "激活比例"),
    Text("95 % interval", "95% 区间"),
    Text("least … most active network", "各网络的最小 … 最大"),
)
ALL = Text("all", "全部")
MEANING = Text(
    "Share of all pairs of row and unit with an output above 0, on {rows} rows. Weights lie evenly "
    "about 0, so z is as often above 0 as below. (In the brain 1–4 % of neurons are active at a "
    "time.)",
    "在 {rows} 个样本上，输出大于 0 的（样本，单元）对所占的比例。权重关于 0 对称，"
    "所以 z 大于 0 和小于 0 的机会相同。（大脑中同一时刻只有 1%–4% 的神经元激活。）",
)


@dataclass(frozen=True, eq=False, repr=False)
class Sparsity:
    """Active shares by network and layer.

    Attributes
    ----------
    active : ndarray of shape (n_seeds, depth)
        Share of (row, unit) pairs with an output above 0.
    width, n_rows : int
    init : str
    """

    active: Array
    width: int
    init: str
    n_rows: int

    @property
    def overall(self) -> tuple[float, float, float]:
        """Mean over layers and networks, and its 95 % interval over networks."""
        mean, low, high = interval(self.active.mean(axis=1))
        return float(mean), float(low), float(high)

    def text(self, language: Language | None = None) -> str:
        """Return a table of the layers."""
        from ogive.classification.showing import text_page

        language = language or default_language()
        rows = [_row(str(i + 1), self.active[:, i]) for i in range(self.active.shape[1])]
        rows.append(_row(ALL.to(language), self.active.mean(axis=1)))
        header = [name.to(language) for name in HEADER]
        return text_page(
            self.title(language), header, rows, [MEANING.to(language, rows=self.n_rows)]
        )

    def title(self, language: Language) -> str:
        """Return what was done, in one line."""
        n, depth = self.active.shape
        return TITLE.to(language, depth=depth, width=self.width, init=self.init, n=n)

    def records(self) -> list[dict[str, Any]]:
        """Return a record a layer."""
        mean, low, high = interval(self.active)
        return [
            {
                "layer": i + 1,
                "active": float(mean[i]),
                "low": None if np.isnan(low[i]) else float(low[i]),
                "high": None if np.isnan(high[i]) else float(high[i]),
                "least": float(self.active[:, i].min()),
                "most": float(self.active[:, i].max()),
            }
            for i in range(self.active.shape[1])
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data that JSON takes."""
        mean, low, high = (None if np.isnan(one) else one for one in self.overall)
        return {
            "depth": self.active.shape[1],
            "width": self.width,
            "init": self.init,
            "n_seeds": self.active.shape[0],
            "n_rows": self.n_rows,
            "active": mean,
            "low": low,
            "high": high,
            "layers": self.records(),
        }

    def to_polars(self) -> pl.DataFrame:
        """Return one row a layer."""
        import polars as pl

        return pl.DataFrame(self.records())

    def plot(self, language: Language | None = None) -> Any:
        """Return a chart of the active share by layer."""
        from ogive.plots.lecture_lines import lines_with_bands

        language = language or default_language()
        records = [
            {"line": "relu", "x": r["layer"], "y": r["active"], "low": r["low"], "high": r["high"]}
            for r in self.records()
        ]
        return lines_with_bands(
            records,
            x_title=Text("Layer", "层").to(language),
            y_title=Text("Share of active units", "激活单元的比例").to(language),
            percent=True,
        )

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__


def relu_sparsity(
    X: ArrayLike | None = None,
    *,
    depth: int = 5,
    width: int = 100,
    init: str = "glorot_uniform",
    n_seeds: int = 20,
    random_state: int = 0,
) -> Sparsity:
    """Count how many units of a ReLU network are active before training: about half.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), optional
        Rows to look at; by default 500 of as many standard normal features as there are units.
    depth : int, default=5
        Number of hidden layers.
    width : int, default=100
        Units in each.
    init : str, default="glorot_uniform"
        Initialisation as of `MLPClassifier`.
    n_seeds : int, default=20
        Networks drawn, which the interval is over.
    random_state : int, default=0
        Seed of the first network; the others follow.

    Returns
    -------
    Sparsity

    Raises
    ------
    InputError
        For rows and numbers that cannot be used.
    """
    check_whole("depth", depth, 1, 1000)
    check_whole("width", width, 1, 10_000)
    check_whole("n_seeds", n_seeds, 1, 10_000)
    check_scheme(init)
    rows = normal_rows(500, width, 0.0, random_state + 1_000_000) if X is None else _checked(X)
    relu = look_up("relu")
    active = []
    for seed in range(random_state, random_state + n_seeds):
        model = starting_classifier(relu, rows.shape[1], [width] * depth, init, seed)
        active.append([float((a > 0).mean()) for _, a in forward(model, relu, rows)])
    return Sparsity(np.array(active), width, init, rows.shape[0])


def _checked(X: ArrayLike) -> Array:
    rows = np.asarray(X, dtype=np.float64)
    if rows.ndim != 2 or rows.size == 0 or not np.isfinite(rows).all():
        raise InputError(
            f"X must be a table of finite numbers, rows by features. Got an array of shape "
            f"{rows.shape} instead.",
            f"X 必须是由有限的数组成的表格（行 × 特征），得到的数组形状为 {rows.shape}。",
        )
    return rows


def _row(name: str, active: Array) -> list[str]:
    mean, low, high = interval(active)
    between = "" if np.isnan(low) else f"{low:.1%} … {high:.1%}"
    return [name, f"{mean:.1%}", between, f"{active.min():.1%} … {active.max():.1%}"]
