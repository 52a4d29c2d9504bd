"""The data sets that come along, as tables: scikit-learn's, house prices, and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ogive.data.house import load_house
from ogive.data.pictures import load_pictures
from ogive.data.wording import listed, nearest_first
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BUNDLED", "bundled_names", "load_bundled"]

HOUSES = {
    "house": "plain",
    "house_collinear": "collinear",
    "house_heteroscedastic": "heteroscedastic",
}
BUNDLED = ("breast_cancer", "diabetes", "digits", *HOUSES, "iris", "pictures", "wine")
TARGET = "target"


def bundled_names() -> tuple[str, ...]:
    """Return the names that `load_bundled` knows."""
    return BUNDLED


def load_bundled(name: str) -> pl.DataFrame:
    """Return a bundled data set; the column to predict is the last one.

    It is named ``target``, but ``price`` in the tables of houses, which `load_house` makes, and
    ``main`` in that of pictures, which `load_pictures` makes.

    Parameters
    ----------
    name : {"breast_cancer", "diabetes", "digits", "house", "house_collinear", \
            "house_heteroscedastic", "iris", "pictures", "wine"}
        The data set. ``digits`` has whole numbers 0 to 9 as target, ``diabetes`` a measure of
        the illness's progress, the houses their price; the others have the names of the classes,
        for ``pictures`` what fills most of each.
    """
    import polars as pl
    from sklearn import datasets

    if name not in BUNDLED:
        known = listed(nearest_first(name, BUNDLED))
        raise InputError(
            f"There is no bundled data set {name!r}; there are: {known.en}.",
            f"没有名为“{name}”的自带数据集；可用的有：{known.zh}。",
        )
    if name in HOUSES:
        return load_house(variant=HOUSES[name])
    if name == "pictures":
        return load_pictures(labels="one")
    loaders: dict[str, Callable[[], Any]] = {
        "breast_cancer": datasets.load_breast_cancer,
        "diabetes": lambda: datasets.load_diabetes(scaled=False),
        "digits": datasets.load_digits,
        "iris": datasets.load_iris,
        "wine": datasets.load_wine,
    }
    bunch = loaders[name]()
    names = [str(feature).replace(" ", "_") for feature in bunch.feature_names]
    frame = pl.DataFrame(dict(zip(names, bunch.data.T, strict=True)))
    target = bunch.target
    if name not in ("diabetes", "digits"):
        target = [str(bunch.target_names[label]) for label in target]
    return frame.with_columns(pl.Series(TARGET, target))
