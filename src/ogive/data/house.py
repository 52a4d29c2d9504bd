"""House prices by size and distance: made by a known formula, so that a fit can be judged."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any

from ogive.data.wording import listed, nearest_first
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["HOUSE_COEFFICIENTS", "HOUSE_INTERCEPT", "HOUSE_NOISE", "VARIANTS", "load_house"]

VARIANTS = ("plain", "collinear", "heteroscedastic")
HOUSE_COEFFICIENTS = {"size": 12.0, "distance": -45.0, "gross_size": 0.0}
"""Thousand yuan for a square metre, for a kilometre, and for a square metre of gross size."""
HOUSE_INTERCEPT = 900.0
"""Thousand yuan."""
HOUSE_NOISE = 150.0
"""Standard deviation of what size and distance do not explain, in thousand yuan."""

TYPICAL_SIZE = 90.0
SPREAD = 0.3
SMALLEST, LARGEST = 35.0, 240.0
NEAREST, FARTHEST = 0.5, 25.0
# Of the gross size, which includes a share of stairs and lifts, as much can be lived in.
USABLE = 0.78
GROSS_NOISE = 1.0


def load_house(
    n_samples: int = 500, *, variant: str = "plain", random_state: Any = 0
) -> pl.DataFrame:
    """Return made-up house prices: ``price = 12 size - 45 distance + 900 + noise``.

    The lecture's ``z = x1 w1 + x2 w2 + b`` with known weights, of which a regression should find
    estimates whose confidence intervals hold them, 95 times in 100.

    Parameters
    ----------
    n_samples : int, default=500
        Number of houses.
    variant : {"plain", "collinear", "heteroscedastic"}, default="plain"
        - ``"plain"``: all four conditions of the lecture hold, and with `random_state` 0 every
          check of them passes; each errs in some samples, as tests do.
        - ``"collinear"``: a third column, `gross_size`, is the size with its share of stairs and
          lifts: nearly a multiple of `size`, so that the two cannot be told apart (the third
          condition). Its true coefficient is 0.
        - ``"heteroscedastic"``: the noise grows with the square of the size (the second
          condition); at 90 m² it is that of the others.
    random_state : int, RandomState instance or None, default=0
        The same whole number gives the same houses, whatever the version of NumPy.

    Returns
    -------
    polars.DataFrame
        One row a house, all float64: `size` in m² (35 to 240), `distance` to the centre in km (0.5
        to 25), for ``"collinear"`` `gross_size` in m², and `price` in thousand yuan.

    Raises
    ------
    InputError
        Where `n_samples` is not a whole number of at least 1, or there is no such variant.

    Examples
    --------
    >>> from ogive.data import load_house
    >>> load_house(3).columns
    ['size', 'distance', 'price']
    """
    import numpy as np
    import polars as pl
    from sklearn.utils import check_random_state

    if isinstance(n_samples, bool) or not isinstance(n_samples, Integral) or n_samples < 1:
        raise InputError(
            f"n_samples must be a whole number of at least 1. Got {n_samples!r} instead.",
            f"n_samples 必须是不小于 1 的整数，得到的却是 {n_samples!r}。",
        )
    if variant not in VARIANTS:
        known = listed(nearest_first(str(variant), VARIANTS))
        raise InputError(
            f"variant must be one of {known.en}. Got {variant!r} instead.",
            f"variant 只能是 {known.zh} 之一，得到的却是 {variant!r}。",
        )
    random = check_random_state(random_state)
    size = TYPICAL_SIZE * np.exp(SPREAD * random.standard_normal(n_samples))
    size = np.clip(size, SMALLEST, LARGEST).round(1)
    noise = HOUSE_NOISE * random.standard_normal(n_samples)
    distance = NEAREST + (FARTHEST - NEAREST) * random.beta(2.0, 3.0, n_samples)
    distance = distance.round(2)
    if variant == "heteroscedastic":
        noise *= (size / TYPICAL_SIZE) ** 2
    price = (
        HOUSE_COEFFICIENTS["size"] * size
        + HOUSE_COEFFICIENTS["distance"] * distance
        + HOUSE_INTERCEPT
        + noise
    ).round(1)
    columns = {"size": size, "distance": distance}
    if variant == "collinear":
        gross = size / USABLE + GROSS_NOISE * random.standard_normal(n_samples)
        columns["gross_size"] = gross.round(1)
    return pl.DataFrame({**columns, "price": price})
