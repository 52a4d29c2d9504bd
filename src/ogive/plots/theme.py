"""What the figures share: colours, fonts, and the domain of a score axis.

The colours are of middling lightness, so that they stand out from white and from near-black
paper alike; blue, orange and grey stay apart under every common colour blindness, and no meaning
is left to colour alone. Text, axes and grid carry the roles by which a page may recolour them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.paper import on_paper

__all__ = [
    "BLUE",
    "FONT",
    "GREY",
    "ORANGE",
    "ROW_HEIGHT",
    "as_data",
    "emphasis",
    "finish",
    "log_domain",
    "log_ticks",
    "score_domain",
]

BLUE = "#2f7ed8"
ORANGE = "#d9730d"
PALE_BLUE = "#7fa3cc"
GREY = "#8b929c"
ROW_HEIGHT = 26
FONT = 'system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif'


class _Records(alt.InlineData):
    """Records that Altair neither checks one by one nor copies.

    It does so for each layer and each `configure_…`, which for the pairs of thirty candidates
    takes longer than all the rest of a chart. Nothing changes them once they are in a chart.
    """

    _class_is_valid_at_instantiation = False

    def __deepcopy__(self, memo: object) -> _Records:
        return self


def as_data(records: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Return records as data written into the chart."""
    return _Records(values=list(records))


def emphasis(field: str = "group", **options: Any) -> alt.Color:
    """Return the colour of a group: blue for the best and its equals, grey for the worse."""
    scale = alt.Scale(
        domain=["best", "equivalent", "level", "unsure", "worse"],
        range=[BLUE, BLUE, BLUE, PALE_BLUE, GREY],
    )
    return alt.Color(f"{field}:N", scale=scale, legend=None, **options)


def off_scale(scores: Sequence[float]) -> float:
    """Return the score below which a mean would crush the scale of all the others.

    That is five times as far below the best as the worst of the best three quarters.
    """
    ordered = sorted(scores, reverse=True)
    spread = ordered[0] - ordered[max(math.ceil(0.75 * len(ordered)) - 1, 0)]
    limit = ordered[0] - 5 * spread
    within = ordered[0] - min(score for score in ordered if score >= limit)
    # Not worth it unless the scale shrinks to less than half.
    return limit if spread > 0 and ordered[0] - ordered[-1] > 2 * within else -math.inf


def score_domain(lows: Sequence[float], highs: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a score axis, with a little room around everything shown."""
    low, high = min(lows), max(highs)
    room = 0.04 * (high - low) or 0.01
    return low - room, high + room


def log_ticks(values: Sequence[float]) -> list[float]:
    """Return ticks for a logarithmic axis: powers of ten, with 2 and 5 between where few."""
    exponents = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
    many = len(exponents) > 3
    stride = max(len(exponents) // 6, 1)
    mantissas = (1,) if many else (1, 2, 5)
    return [float(f"{m}e{k}") for k in exponents if k % stride == 0 for m in mantissas]


def log_domain(values: Sequence[float], least: float = 10.0) -> tuple[float, float]:
    """Return the ends of a logarithmic axis, which spans at least a factor of `least`.

    A factor of 1.1 is no slope worth a whole chart.
    """
    low, high = min(values), max(values)
    middle, half = math.sqrt(low) * math.sqrt(high), math.sqrt(least)
    return (low, high) if high >= least * low else (min(low, middle / half), middle * half)


def finish(chart: Any) -> alt.TopLevelMixin:
    """Set fonts and lines of a whole chart; saved as a picture, it has a white ground."""
    finished: alt.TopLevelMixin = (
        chart.configure(font=FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            titlePadding=8,
            labelColor="#4a5059",
            titleColor="#4a5059",
            domainColor="#c3c8cf",
            tickColor="#c3c8cf",
            gridColor="#e6e9ed",
        )
        .configure_header(labelFontSize=12, labelColor="#1d2127", title=None)
        .configure_legend(labelFontSize=12, titleFontSize=12, labelColor="#4a5059", title=None)
    )
    on_paper(finished)
    return finished
