"""Pictures of sky, trees and water: made by a known model, labelled in two ways."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any

from ogive.data.wording import listed, nearest_first
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CONTENTS", "FEATURES", "LABELLINGS", "SHARES", "load_pictures"]

CONTENTS = ("sky", "trees", "water")
LABELLINGS = ("one", "many", "both")
FEATURES = tuple(
    f"{third}_{measure}"
    for third in ("upper", "middle", "lower")
    for measure in ("red", "green", "blue", "texture")
)

SHARES = {
    ("sky",): 0.12,
    ("trees",): 0.12,
    ("water",): 0.10,
    ("sky", "trees"): 0.20,
    ("sky", "water"): 0.18,
    ("trees", "water"): 0.10,
    ("sky", "trees", "water"): 0.18,
}
"""How often pictures have just these contents."""

# Red, green, blue and texture of each content, from top to bottom of a picture.
LOOKS = (
    ("sky", (0.48, 0.66, 0.90, 0.05)),
    ("trees", (0.20, 0.40, 0.18, 0.60)),
    ("ground", (0.52, 0.44, 0.34, 0.40)),
    ("water", (0.18, 0.42, 0.62, 0.22)),
)
LEAST_WEIGHT = 0.4
SPREAD_OF_LIGHT = 0.15
NOISE = 0.04


def load_pictures(
    n_samples: int = 600, *, labels: str = "both", random_state: Any = 0
) -> pl.DataFrame:
    """Return measurements of made-up pictures that show sky, trees or water, or several of them.

    The same pictures are labelled in two ways: with everything that they show, where one picture
    can be sky *and* trees *and* water, and with the one that fills most of it.

    Parameters
    ----------
    n_samples : int, default=600
        Number of pictures.
    labels : {"both", "one", "many"}, default="both"
        Which columns of labels there are.
    random_state : int, RandomState instance or None, default=0
        The same whole number gives the same pictures, whatever the version of NumPy.

    Returns
    -------
    polars.DataFrame
        One row a picture. The features, all float64 with three decimals, are the mean `red`,
        `green` and `blue` (0 to 1) and the `texture` (0 and above) of the `upper`, `middle` and
        `lower` third: `upper_red` … `lower_texture`. Labels are `sky`, `trees` and `water`, 1 or 0
        ("many"), and `main`, the name of one of them ("one").

    Raises
    ------
    InputError
        Where `n_samples` is not a whole number of at least 1, or there is no such labelling.

    Notes
    -----
    The model: what a picture shows is drawn with the probabilities `SHARES`, at least one of the
    three. Below the sky stand trees, then ground, at the bottom is water, each a band across the
    picture; bare ground is in every picture. Their heights are proportional to ``0.4 + g`` with g
    of the gamma distribution of shape 2, of ground to g / 2. Each third takes the mean of the looks
    (`LOOKS`) of the bands in it, by height; colours are multiplied by the light of the picture,
    ``exp(0.15 n)`` with n standard normal; each measurement has noise of standard deviation 0.04.

    Examples
    --------
    >>> from ogive.data import load_pictures
    >>> load_pictures(3).select("sky", "trees", "water", "main").columns
    ['sky', 'trees', 'water', 'main']
    """
    import numpy as np
    import polars as pl
    from sklearn.utils import check_random_state

    if isinstance(n_samples, bool) or not isinstance(n_samples, Integral) or n_samples < 1:
        raise InputError(
            f"n_samples must be a whole number of at least 1. Got {n_samples!r} instead.",
            f"n_samples 必须是不小于 1 的整数，得到的却是 {n_samples!r}。",
        )
    if labels not in LABELLINGS:
        known = listed(nearest_first(str(labels), LABELLINGS))
        raise InputError(
            f"labels must be one of {known.en}. Got {labels!r} instead.",
            f"labels 只能是 {known.zh} 之一，得到的却是 {labels!r}。",
        )
    random = check_random_state(random_state)
    names = [name for name, _ in LOOKS]
    looks = np.array([look for _, look in LOOKS])
    kinds = np.array([[name in shown or name == "ground" for name in names] for shown in SHARES])
    present = kinds[random.choice(len(kinds), size=n_samples, p=list(SHARES.values()))]
    drawn = random.standard_gamma(2.0, size=present.shape)
    weights = np.where([name == "ground" for name in names], drawn / 2, LEAST_WEIGHT + drawn)
    heights = np.where(present, weights, 0.0)
    heights /= heights.sum(axis=1, keepdims=True)
    light = np.exp(SPREAD_OF_LIGHT * random.standard_normal(n_samples))

    bottom = heights.cumsum(axis=1)
    edges = np.arange(4) / 3
    within = np.minimum(bottom[:, None], edges[1:, None]) - np.maximum(
        (bottom - heights)[:, None], edges[:-1, None]
    )
    measured = 3 * np.maximum(within, 0.0) @ looks
    measured[:, :, :3] *= light[:, None, None]
    measured += NOISE * random.standard_normal(measured.shape)
    measured = np.clip(measured, 0.0, [1.0, 1.0, 1.0, np.inf]).round(3)

    columns: dict[str, Any] = dict(zip(FEATURES, measured.reshape(n_samples, -1).T, strict=True))
    if labels != "one":
        columns |= {name: present[:, names.index(name)].astype(np.int64) for name in CONTENTS}
    if labels != "many":
        largest = heights[:, [names.index(name) for name in CONTENTS]].argmax(axis=1)
        columns["main"] = [CONTENTS[i] for i in largest]
    return pl.DataFrame(columns)
