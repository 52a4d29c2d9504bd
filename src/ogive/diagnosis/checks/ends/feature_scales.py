"""The scale of each feature as a network feels it; indicators, counts and pixels aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.measurements import Inputs

__all__ = ["FeatureScales", "feature_scales"]

Array = NDArray[np.float64]

# A spread that is next to nothing of the mean is rounding, not variation.
_CONSTANT = 1e-9
_FEWEST_OF_ONE_UNIT = 16
_SPARSE = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class FeatureScales:
    """Scales of the features that vary.

    Attributes
    ----------
    at : ndarray of int
        Their numbers among all features.
    scale : ndarray of shape (n_varying,)
        The standard deviation; of indicators, counts and pixels at least what their range makes of
        it (see `feature_scales`).
    shift : ndarray of shape (n_varying,)
        ``|mean| / standard deviation``; 0 for features that reach 0 within -1 to 1.
    std : ndarray of shape (n_varying,)
        The standard deviation itself.
    least, greatest : float
        Of all of them.
    one_unit : bool
        All features are on one scale, as pixels are: there is one entry, of all values together.
    """

    at: NDArray[np.intp]
    scale: Array
    shift: Array
    std: Array
    least: float
    greatest: float
    one_unit: bool = False

    @property
    def spread(self) -> float:
        """Greatest over least scale."""
        return float(self.scale.max() / self.scale.min()) if self.scale.size else 1.0

    @property
    def by_range(self) -> NDArray[np.bool_]:
        """Which features count with their range."""
        return np.asarray(self.scale > self.std)


def feature_scales(inputs: Inputs) -> FeatureScales:
    """Return the scales of the features that vary.

    - A feature within -1 to 1 whose range is at least 0.5 (an indicator, a one-hot column, a
      min-max scaled feature), and one that is mostly near 0 (not negative, with a mean below a
      quarter of its greatest value: counts, TF-IDF), count with their range, at most 1, where that
      is above the standard deviation: a rare 1 is no small number.
    - Where at least 16 features share their least and greatest value (pixels), all are taken
      together: a dark corner is not in need of a scale of its own.
    """
    mean, std, least, greatest = inputs.mean, inputs.std, inputs.least, inputs.greatest
    with np.errstate(invalid="ignore"):
        varies = np.isfinite(mean) & np.isfinite(std) & (std > _CONSTANT * np.abs(mean))
        varies &= greatest > least
    at = np.flatnonzero(varies)
    mean, std, least, greatest = mean[at], std[at], least[at], greatest[at]
    together = _share_a_unit(least, greatest)
    if together:
        center = mean.mean()
        std = np.array([np.sqrt(np.mean(std**2 + (mean - center) ** 2))])
        mean, least, greatest = np.array([center]), least.min()[None], greatest.max()[None]
    width = greatest - least
    within = (least >= -1) & (greatest <= 1) & (width >= 0.5)
    sparse = (least >= 0) & (mean < _SPARSE * greatest)
    scale = np.where(within | sparse, np.maximum(std, np.minimum(width, 1.0)), std)
    shift = np.where(within, 0.0, np.abs(mean) / std)
    ends = (float(least.min()), float(greatest.max())) if at.size else (np.nan, np.nan)
    return FeatureScales(at, scale, shift, std, *ends, together)


def _share_a_unit(least: Array, greatest: Array) -> bool:
    """Return whether most features have the least value of all, and many the greatest."""
    if least.size < _FEWEST_OF_ONE_UNIT:
        return False
    low, high = least.min(), greatest.max()
    near = 0.1 * (high - low)
    return bool(np.mean(least <= low + near) >= 0.5 and np.mean(greatest >= high - near) >= 0.25)
