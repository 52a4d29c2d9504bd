"""What the charts of pairs draw: verdicts, and densities of the differences to the best."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ogive.comparison.statistics.pairwise import Pair
from ogive.comparison.words import formats
from ogive.comparison.words.labels import shown_label
from ogive.plots.theme import off_scale
from ogive.report.page import typographic
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["MOST_DENSITIES", "MOST_IN_MATRIX", "Densities", "densities", "matrix_records"]

MOST_IN_MATRIX = 30
MOST_DENSITIES = 11
"""Candidates next to the best whose densities are drawn."""

POINTS = 120
"""Over the axis of differences."""


class Densities(NamedTuple):
    """What the chart of densities needs.

    Attributes
    ----------
    records : list of dict
        See `ogive.plots.posterior_densities`.
    rope : float
        Half the width of the region of practical equivalence.
    rope_written : str
        The same as text.
    domain : tuple of float
        Ends of the axis.
    """

    records: list[dict[str, Any]]
    rope: float
    rope_written: str
    domain: tuple[float, float]


def matrix_records(comparison: Comparison, language: Language = "en") -> list[dict[str, Any]]:
    """Verdict, difference and probabilities of each pair both ways round, the best ones first."""
    order = [row.label for row in comparison.rows()][:MOST_IN_MATRIX]
    pairs = [p for p in comparison.pairs() if p.first in order and p.second in order]
    places = formats.decimals([pair.high - pair.mean for pair in pairs])
    shown = comparison.score.shown_difference
    records = []
    for pair in pairs:
        for one in (pair, pair.reversed()):
            low, high = sorted((shown(one.low), shown(one.high)))
            records.append(
                {
                    "row": shown_label(one.first, language),
                    "column": shown_label(one.second, language),
                    "verdict": one.verdict,
                    "difference": typographic(formats.difference(shown(one.mean), places)),
                    "interval": typographic(formats.interval(low, high, places)),
                    "p_holm": formats.p_value(one.p_holm),
                    **_probabilities(one),
                }
            )
    return records


def densities(comparison: Comparison, language: Language = "en") -> Densities:
    """Posteriors of the differences to the best, of those next to it in the table."""
    best, *others = [row.label for row in comparison.rows()]
    by_label = {}
    for pair in comparison.pairs():
        if best in (pair.first, pair.second):
            about = pair if pair.second == best else pair.reversed()
            by_label[about.first] = about
    pairs = [by_label[label] for label in others[:MOST_DENSITIES]]
    rope, shown = comparison.rope, comparison.score.shown_difference
    limit = off_scale([0.0, *(pair.mean for pair in pairs)])
    within = [pair for pair in pairs if pair.mean >= limit]
    low = min([-1.5 * rope, *(_ends(pair)[0] for pair in within)])
    high = max([1.5 * rope, *(_ends(pair)[1] for pair in within)])
    places = formats.decimals([pair.high - pair.mean for pair in pairs])
    records = []
    for pair in pairs:
        parts: dict[str, tuple[list[float], list[float]]] = {}
        beyond = ""
        if pair.mean >= limit:
            parts = _parts(pair, rope, low, high, comparison)
        if not parts:
            value = typographic(formats.difference(shown(pair.mean), places))
            arrow = "" if pair.mean >= limit else "◀ "
            beyond = f"{arrow}{value}"
        records.append(
            {
                "candidate": shown_label(pair.first, language),
                **_probabilities(pair),
                "parts": parts,
                "beyond": beyond,
            }
        )
    ends = sorted((shown(low), shown(high)))
    return Densities(records, rope, f"{rope:.3g}", (ends[0], ends[1]))


def _probabilities(pair: Pair) -> dict[str, str]:
    return {
        "worse": _percent(pair.worse),
        "equivalent": _percent(pair.equivalent),
        "better": _percent(pair.better),
    }


def _percent(probability: float) -> str:
    """Write a probability so that only what is certain is 0% or 100%."""
    if 0 < probability < 0.005:
        return "<1%"
    if 0.995 <= probability < 1:
        return ">99%"
    return f"{100 * probability:.0f}%"


def _ends(pair: Pair) -> tuple[float, float]:
    """Return where the middle 99 % of the posterior lie."""
    posterior = pair.posterior
    if posterior.scale == 0 or not math.isfinite(posterior.scale):
        return pair.mean, pair.mean
    half = float(stats.t.ppf(0.995, posterior.df)) * posterior.scale
    return posterior.mean - half, posterior.mean + half


def _parts(
    pair: Pair, rope: float, low: float, high: float, comparison: Comparison
) -> dict[str, tuple[list[float], list[float]]]:
    """Return the density over each region, meeting at its borders; the highest value is 1."""
    posterior, shown = pair.posterior, comparison.score.shown_difference
    if posterior.scale == 0 or not math.isfinite(posterior.scale):
        return {}
    peak = float(posterior.density(posterior.mean))
    span = np.linspace(low, high, POINTS)
    # The peak of a narrow density could fall between two points of the axis.
    near = posterior.mean + posterior.scale * np.linspace(-4, 4, 33)
    grid = np.unique(np.concatenate([span, near[(near > low) & (near < high)], [-rope, rope]]))
    found = {}
    for region, inside in (
        ("worse", grid <= -rope),
        ("equivalent", (grid >= -rope) & (grid <= rope)),
        ("better", grid >= rope),
    ):
        across = _seen(grid[inside], posterior.density(grid[inside]) / peak)
        if across is not None:
            x, height = across
            found[region] = (
                [float(f"{shown(value):.5g}") for value in x],
                [round(float(value), 4) for value in height],
            )
    return found


def _seen(
    x: NDArray[np.float64], height: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return the part of a curve that is high enough to be seen, or None where none is."""
    high = np.flatnonzero(height > 0.002)
    if high.size == 0:
        return None
    kept = slice(max(high[0] - 1, 0), high[-1] + 2)
    return x[kept], height[kept]
