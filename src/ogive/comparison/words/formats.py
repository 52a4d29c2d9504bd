"""How each kind of number of a comparison is written, wherever it appears."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = [
    "decimals",
    "difference",
    "duration",
    "epochs",
    "interval",
    "p_value",
    "plus_minus",
    "probabilities",
    "probability",
    "ratio",
    "region",
    "score",
    "seconds",
    "share",
]

NOTHING = "–"

MOST_NAMED = 14
"""Candidates that a sentence names; of more it gives the first and how many others there are."""


def decimals(half_widths: Sequence[float]) -> int:
    """Return how many decimals scores deserve whose intervals have these half widths.

    One or two digits of the half width are shown, and three decimals of anything like a share.
    """
    known = [width for width in half_widths if math.isfinite(width) and width > 0]
    if not known:
        return 3
    typical = sorted(known)[len(known) // 4]
    if typical >= 0.5:
        return max(1 - math.floor(math.log10(typical)), 0)
    return min(max(1 - round(math.log10(typical)), 3), 8)


def score(value: float, places: int = 3) -> str:
    """Write a score with `places` decimals and no sign on zero."""
    if not math.isfinite(value):
        return NOTHING
    if abs(value) >= 1e6:
        return f"{value:.2e}"
    written = f"{value:.{places}f}"
    return written.lstrip("-") if float(written) == 0 else written


def plus_minus(mean: float, high: float, places: int = 3) -> str:
    """Write a mean with half the width of its interval."""
    return f"{score(mean, places)} ± {score(high - mean, places)}"


def difference(value: float, places: int = 3) -> str:
    """Write a difference of two scores with its sign."""
    written = score(value, places)
    return f"+{written}" if math.isfinite(value) and float(written) > 0 else written


def interval(low: float, high: float, places: int = 3) -> str:
    """Write the two ends of an interval of differences, a dash where there are none."""
    if not (math.isfinite(low) or math.isfinite(high)):
        return NOTHING
    return f"[{difference(low, places)}, {difference(high, places)}]"


def p_value(value: float) -> str:
    """Write a p-value: three decimals, never 0."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def probability(value: float) -> str:
    """Write a posterior probability in per cent, never as certain."""
    return f"{_percent(value)}%"


def probabilities(values: Sequence[float]) -> str:
    """Write posterior probabilities in per cent, set off by strokes."""
    return "/".join(map(_percent, values))


def _percent(value: float) -> str:
    if not math.isfinite(value):
        return NOTHING
    if value < 0.005:
        return "<1"
    return ">99" if value > 0.995 else f"{100 * value:.0f}"


def region(rope: float) -> str:
    """Write the half width of a region of equivalence with at most three digits."""
    if rope == 0 or not math.isfinite(rope):
        return f"{rope:g}"
    digits = 2 - math.floor(math.log10(abs(rope)))
    if not -6 < digits < 9:
        return f"{rope:.2e}"
    written = f"{round(rope, digits):.{max(digits, 0)}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def duration(value: float) -> str:
    """Write a time of any length: microseconds to hours, about three digits."""
    if not math.isfinite(value):
        return NOTHING
    units = ((0.9995e-3, "µs", 1e-6), (0.9995, "ms", 1e-3), (99.95, "s", 1), (5997, "min", 60))
    for end, unit, size in units:
        if value < end:
            return f"{value / size:.3g} {unit}"
    return f"{value / 3600:,.1f} h"


def seconds(value: float) -> str:
    """Write a time in seconds with about three digits."""
    if value < 0.0995:
        return f"{value:.4f}"
    return f"{value:.3f}" if value < 9.995 else f"{value:.1f}"


def share(value: float) -> str:
    """Write a share in per cent."""
    if not math.isfinite(value):
        return NOTHING
    percent = 100 * value
    if 0 < percent < 0.05:
        return "<0.1%"
    return f"{percent:.1f}%" if percent < 9.95 else f"{percent:.0f}%"


def ratio(value: float) -> str:
    """Write a ratio with two significant digits."""
    if not math.isfinite(value):
        return NOTHING
    if value == 0:
        return "0"
    if value >= 99.5:
        return f"{value:.0f}" if value < 99_999.5 else f"{value:.1e}"
    if value >= 9.95:
        return f"{value:.0f}"
    if value >= 0.995:
        return f"{value:.1f}"
    return f"{value:#.2g}" if value >= 1e-4 else f"{value:.1e}"


def epochs(value: float) -> str:
    """Write a median of epochs, which may be a half."""
    if not math.isfinite(value):
        return NOTHING
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"
