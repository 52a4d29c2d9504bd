"""How one step that is too large kills ReLUs for good."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning

from ogive.activations import Activation
from ogive.activations import activation as look_up
from ogive.activations.slopes import greatest_slope
from ogive.lecture.starting import check_whole, interval, starting_classifier
from ogive.network import MLPClassifier
from ogive.text import InputError, Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DyingRun", "DyingUnits", "kill_relus"]

Array = NDArray[np.float64]

DEAD = 1e-6
"""A unit is dead where ``|f'(z)|`` is at most this share of its greatest on every training row."""

TITLE = Text(
    "Dead units by epoch: digits, hidden layers {sizes}, SGD with momentum 0.9, {n} networks",
    "各轮的死亡单元：digits 数据，隐藏层 {sizes}，带动量 0.9 的 SGD，{n} 个网络",
)
EPOCH = Text("epoch", "轮次")
ACCURACY = Text("accuracy", "准确率")
START = Text("0 is before training.", "0 表示训练之前。")
MEANING = Text(
    "A unit is dead if no gradient passes it on any of the {rows} training rows: its own weights "
    "are not updated any more, and only a change in the layers before can bring it back.",
    "若某单元在全部 {rows} 个训练样本上都没有梯度通过，它就是死亡的：它自身的权重不再更新，"
    "只有前面各层的变化才可能使它恢复。",
)
FAILED = Text("{n} of {all} trainings ended in numbers that are not finite.",
              "{all} 次训练中有 {n} 次出现了非有限的数而终止。")  # fmt: skip
RESULT = Text(
    "{name} with a step of {rate:g}: {share:.0%} of the units are dead in the end, accuracy "
    "{accuracy:.0%}.",
    "{name}，步长 {rate:g}：最后有 {share:.0%} 的单元死亡，准确率 {accuracy:.0%}。",
)


@dataclass(frozen=True, eq=False)
class DyingRun:
    """One activation trained with one step size, over several seeds.

    Attributes
    ----------
    function : Activation
    learning_rate : float
    dead : ndarray of shape (n_seeds, n_epochs + 1)
        Share of dead units before training and after each epoch; a training that ended in numbers
        that are not finite keeps its last share.
    accuracy : ndarray of shape (n_seeds,)
        On the training rows, at the end.
    n_failed : int
        Trainings that met numbers that are not finite.
    """

    function: Activation
    learning_rate: float
    dead: Array
    accuracy: Array
    n_failed: int

    @property
    def label(self) -> str:
        """Name and step size."""
        return f"{self.function.name}, {self.learning_rate:g}"


@dataclass(frozen=True, eq=False, repr=False)
class DyingUnits:
    """The runs beside each other: the large step, a sensible one, and another activation.

    Attributes
    ----------
    runs : tuple of DyingRun
    sizes : tuple of int
    n_rows : int
        Training rows.
    """

    runs: tuple[DyingRun, ...]
    sizes: tuple[int, ...]
    n_rows: int

    def text(self, language: Language | None = None) -> str:
        """Return a table of the shares by epoch, and what came of it."""
        from ogive.classification.showing import text_page

        language = language or default_language()
        header = [EPOCH.to(language), *(run.label for run in self.runs)]
        shares = [run.dead.mean(axis=0) for run in self.runs]
        rows = [
            [str(epoch), *(f"{share[epoch]:.1%}" for share in shares)]
            for epoch in range(len(shares[0]))
        ]
        rows.append([ACCURACY.to(language), *(f"{r.accuracy.mean():.1%}" for r in self.runs)])
        notes = [MEANING.to(language, rows=self.n_rows), START.to(language)]
        failed = sum(run.n_failed for run in self.runs)
        if failed:
            every = sum(len(run.accuracy) for run in self.runs)
            notes.append(FAILED.to(language, n=failed, all=every))
        told = [
            RESULT.to(
                language,
                name=run.function.name,
                rate=run.learning_rate,
                share=run.dead[:, -1].mean(),
                accuracy=run.accuracy.mean(),
            )
            for run in self.runs
        ]
        return "\n".join([text_page(self.title(language), header, rows, notes), *told])

    def title(self, language: Language) -> str:
        """Return what was done, in one line."""
        n = len(self.runs[0].accuracy)
        return TITLE.to(language, sizes="-".join(map(str, self.sizes)), n=n)

    def records(self) -> list[dict[str, Any]]:
        """Return a record an epoch and run: mean share of dead units, and its 95 % interval."""
        records = []
        for run in self.runs:
            mean, low, high = interval(run.dead)
            records += [
                {
                    "run": run.label,
                    "activation": run.function.name,
                    "learning_rate": run.learning_rate,
                    "epoch": epoch,
                    "dead": float(mean[epoch]),
                    "low": None if math.isnan(low[epoch]) else max(float(low[epoch]), 0.0),
                    "high": None if math.isnan(high[epoch]) else min(float(high[epoch]), 1.0),
                }
                for epoch in range(run.dead.shape[1])
            ]
        return records

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data that JSON takes."""
        return {
            "hidden_layer_sizes": list(self.sizes),
            "n_rows": self.n_rows,
            "runs": [
                {
                    "activation": run.function.name,
                    "learning_rate": run.learning_rate,
                    "dead": run.dead.tolist(),
                    "accuracy": run.accuracy.tolist(),
                    "n_failed": run.n_failed,
                }
                for run in self.runs
            ],
        }

    def to_polars(self) -> pl.DataFrame:
        """Return one row an epoch and run."""
        import polars as pl

        return pl.DataFrame(self.records())

    def plot(self, language: Language | None = None) -> Any:
        """Return a chart of the share of dead units by epoch."""
        from ogive.plots.lecture_lines import lines_with_bands

        language = language or default_language()
        records = [
            {"line": r["run"], "x": r["epoch"], "y": r["dead"], "low": r["low"], "high": r["high"]}
            for r in self.records()
        ]
        return lines_with_bands(
            records,
            x_title=Text("Epoch", "轮次").to(language),
            y_title=Text("Share of dead units", "死亡单元的比例").to(language),
            legend=Text("activation, step", "激活函数，步长").to(language),
            percent=True,
        )

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__


def kill_relus(
    learning_rate: float = 0.3,
    *,
    sensible: float = 0.02,
    beside: Activation | str = "leaky_relu",
    hidden_layer_sizes: tuple[int, ...] = (64, 64),
    n_epochs: int = 10,
    n_seeds: int = 5,
    random_state: int = 0,
    progress: Callable[[int, int], Any] | None = None,
) -> DyingUnits:
    """Train with a step that is too large and count the dead units after every epoch.

    Three trainings on the bundled digits, batches of 32 rows, plain gradient descent with momentum
    0.9: ReLU with the large step, ReLU with a sensible one, and another activation with the large
    step. All rows are looked at, so that a unit counted as dead has no gradient on any of them.

    Parameters
    ----------
    learning_rate : float, default=0.3
        The large step.
    sensible : float, default=0.02
        The step beside it.
    beside : str or Activation, default="leaky_relu"
        The other activation; acting on each element.
    hidden_layer_sizes : tuple of int, default=(64, 64)
    n_epochs : int, default=10
    n_seeds : int, default=5
        Networks trained for each.
    random_state : int, default=0
        Seed of the first network; the others follow.
    progress : callable, optional
        Called with the number of trainings done and of all.

    Returns
    -------
    DyingUnits

    Raises
    ------
    InputError
        For a function that is not known or acts on whole rows, and numbers that cannot be used.
    """
    check_whole("n_epochs", n_epochs, 1, 10_000)
    check_whole("n_seeds", n_seeds, 1, 1000)
    sizes = tuple(hidden_layer_sizes)
    for size in sizes:
        check_whole("hidden_layer_sizes", size, 1, 10_000)
    for name, rate in (("learning_rate", learning_rate), ("sensible", sensible)):
        if not (isinstance(rate, int | float) and 0 < rate < math.inf):
            raise InputError(
                f"{name} must be a number above 0. Got {rate!r} instead.",
                f"{name} 必须是大于 0 的数，得到的却是 {rate!r}。",
            )
    other = look_up(beside)
    if other.kind != "elementwise":
        raise InputError(
            f"beside must act on each element; {other.name} acts on whole rows. Take another, such "
            "as 'leaky_relu'.",
            f"beside 必须逐元素作用，而 {other.name} 作用于整行；请换一个，例如“leaky_relu”。",
        )
    X, y = load_digits(return_X_y=True)
    X = X / 16
    relu = look_up("relu")
    plan = [(relu, learning_rate), (relu, sensible), (other, learning_rate)]
    runs: list[DyingRun] = []
    total = len(plan) * n_seeds
    for function, rate in plan:
        trained: list[tuple[list[float], float, bool]] = []
        for seed in range(random_state, random_state + n_seeds):
            if progress is not None:
                progress(len(runs) * n_seeds + len(trained), total)
            trained.append(_trained(function, float(rate), sizes, n_epochs, seed, X, y))
        dead, accuracy, failed = zip(*trained, strict=True)
        runs.append(
            DyingRun(function, float(rate), np.array(dead), np.array(accuracy), sum(failed))
        )
    return DyingUnits(tuple(runs), sizes, X.shape[0])


def _trained(
    function: Activation,
    rate: float,
    sizes: tuple[int, ...],
    n_epochs: int,
    seed: int,
    X: Array,
    y: Any,
) -> tuple[list[float], float, bool]:
    shares = [_dead_share(starting_classifier(function, X.shape[1], sizes, "glorot_uniform", seed),
                          function, X)]  # fmt: skip
    model = MLPClassifier(
        sizes,
        activation=function,
        solver="sgd",
        learning_rate_init=rate,
        batch_size=32,
        max_iter=n_epochs,
        tol=0.0,
        n_iter_no_change=np.inf,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, y, callbacks=[lambda e: shares.append(_dead_share(e.estimator, function, X))])
    failed = model.nonfinite_ is not None
    shares += [shares[-1]] * (n_epochs + 1 - len(shares))
    return shares, float(model.score(X, y)), failed


def _dead_share(model: Any, function: Activation, X: Array) -> float:
    a, dead, units = X, 0, 0
    for w, b in zip(model.coefs_[:-1], model.intercepts_[:-1], strict=True):
        a, slope = function.value_and_derivative(a @ w + b)
        greatest = np.abs(slope).max(axis=0)
        dead += int(np.count_nonzero(greatest <= DEAD * greatest_slope(function)))
        units += greatest.size
    return dead / units
