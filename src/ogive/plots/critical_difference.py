"""The critical-difference view: average ranks on a line, and what lies too close to be told apart.

After Demšar (2006), figure 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt

from ogive.plots.line_names import wide
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import Language, Text

__all__ = ["critical_difference"]

AVERAGE_RANK = Text("average rank", "平均名次")
CRITICAL = Text("critical difference {value:.2f}", "临界差 {value:.2f}")
LONGER = Text(
    "critical difference {value:.2f}, longer than the whole line",
    "临界差 {value:.2f}，比整条线还长",
)
GROUP = Text("no difference beyond the critical one", "差异未超过临界差")

FONT_SIZE = 12
LABEL_GAP = 8
LONGEST_LABEL = 190
ROW = 20
BAR = 8
RULER_Y = 22
AXIS_Y = 66
NUMBER = wide("00.00", FONT_SIZE)
LEAST_ROOM = 110
NUMBER_ROOM = 22


class _Frame(NamedTuple):
    """Where things stand, in pixels: the whole chart, and the line of ranks within it."""

    width: float
    height: float
    left: float
    right: float
    n_candidates: int

    def at(self, rank: float) -> float:
        share = (rank - 1) / (self.n_candidates - 1)
        return self.left + share * (self.right - self.left)

    def positions(self) -> dict[str, Any]:
        """Return encodings of ``x`` and ``y`` as pixels from the upper left corner."""
        across = alt.Scale(domain=[0, self.width], range=[0, self.width], nice=False)
        down = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False)
        return {
            "x": alt.X("x:Q", scale=across, axis=None),
            "y": alt.Y("y:Q", scale=down, axis=None),
        }

    def lines(self, records: list[dict[str, Any]], color: str, **mark: Any) -> alt.Chart:
        """Return lines from (x, y) to (x2, y2)."""
        chart = alt.Chart(as_data(records)).mark_rule(color=color, **mark)
        drawn: alt.Chart = chart.encode(**self.positions(), x2="x2:Q", y2="y2:Q")
        return drawn

    def texts(self, records: list[dict[str, Any]], **mark: Any) -> alt.Chart:
        chart = alt.Chart(as_data(records)).mark_text(fontSize=FONT_SIZE, **mark)
        drawn: alt.Chart = chart.encode(**self.positions(), text="text:N")
        return drawn


def critical_difference(
    ranks: Sequence[dict[str, Any]],
    groups: Sequence[tuple[int, int]],
    difference: float,
    *,
    language: Language = "en",
    width: int = 720,
) -> alt.TopLevelMixin:
    """Draw average ranks on a line, with bars over those that the critical difference joins.

    Parameters
    ----------
    ranks : sequence of dict
        ``label`` and ``rank``, the average rank, in ascending order; at least two.
    groups : sequence of (int, int)
        First and last of each group that a bar joins.
    difference : float
        The critical difference, drawn as a ruler above the line.
    language : {"en", "zh"}, default="en"
        Language of titles and tooltips.
    width : int, default=720
        Width of the chart in pixels.
    """
    n = len(ranks)
    longest = max(wide(record["label"], FONT_SIZE) for record in ranks)
    # A number stands beside each label, and the title of the line to its left.
    room = max(min(longest, LONGEST_LABEL) + NUMBER + 3 * LABEL_GAP, LEAST_ROOM)
    levels = _levels(groups)
    first_row = AXIS_Y + 12 + BAR * (max(levels, default=-1) + 1) + ROW / 2
    height = math.ceil(first_row + ROW * (math.ceil(n / 2) - 0.5))
    frame = _Frame(width, height, room, width - room, n)
    places = [_place(i, record, frame, first_row) for i, record in enumerate(ranks)]
    layers = [
        *_axis(frame, language),
        *_ruler(frame, difference, language),
        _stems(places, frame),
        *_bars(ranks, groups, levels, frame, language),
        *_names(places, frame),
    ]
    return finish(alt.layer(*layers).properties(width=width, height=height))


def _place(i: int, record: dict[str, Any], frame: _Frame, first_row: float) -> dict[str, Any]:
    """Return where a name goes: the better half to the left, the best and the worst on top."""
    n = frame.n_candidates
    left = i < math.ceil(n / 2)
    row = i if left else n - 1 - i
    return {
        "label": record["label"],
        "rank": record["rank"],
        "written": f"{record['rank']:.2f}",
        "left": left,
        "x": frame.at(record["rank"]),
        "y": first_row + ROW * row,
        "end": frame.left - LABEL_GAP if left else frame.right + LABEL_GAP,
    }


def _levels(groups: Sequence[tuple[int, int]]) -> list[int]:
    """Return on which line each bar goes, so that none touches another."""
    ends: list[int] = []
    levels = []
    for first, last in groups:
        level = next((i for i, end in enumerate(ends) if end < first), len(ends))
        ends[level : level + 1] = [last]
        levels.append(level)
    return levels


def _axis(frame: _Frame, language: Language) -> list[alt.Chart]:
    n = frame.n_candidates
    line = [{"x": frame.left, "x2": frame.right, "y": AXIS_Y, "y2": AXIS_Y}]
    ticks = [
        {"x": frame.at(rank), "x2": frame.at(rank), "y": AXIS_Y - 6, "y2": AXIS_Y}
        for rank in range(1, n + 1)
    ]
    apart = (frame.right - frame.left) / (n - 1)
    stride = next((step for step in (1, 2, 5, 10) if step * apart >= NUMBER_ROOM), n)
    numbered = [1] + [
        rank for rank in range(2, n + 1) if rank % stride == 0 and (rank - 1) * apart >= NUMBER_ROOM
    ]
    numbers = [{"x": frame.at(rank), "y": AXIS_Y - 13, "text": str(rank)} for rank in numbered]
    title = [{"x": frame.left - LABEL_GAP - 6, "y": AXIS_Y, "text": AVERAGE_RANK.to(language)}]
    return [
        frame.lines(line + ticks, GREY, strokeWidth=1.2),
        frame.texts(numbers, align="center"),
        frame.texts(title, align="right"),
    ]


def _ruler(frame: _Frame, difference: float, language: Language) -> list[alt.Chart]:
    fits = difference <= frame.n_candidates - 1
    end = frame.at(1 + difference) if fits else frame.right
    lines = [{"x": frame.left, "x2": end, "y": RULER_Y, "y2": RULER_Y}]
    ends = [frame.left, end] if fits else [frame.left]
    lines += [{"x": x, "x2": x, "y": RULER_Y - 4, "y2": RULER_Y + 4} for x in ends]
    text = (CRITICAL if fits else LONGER).to(language, value=difference)
    return [
        frame.lines(lines, ORANGE, strokeWidth=1.8),
        frame.texts([{"x": frame.left, "y": RULER_Y - 13, "text": text}], align="left"),
    ]


def _stems(places: list[dict[str, Any]], frame: _Frame) -> alt.Chart:
    down = [{"x": place["x"], "x2": place["x"], "y": AXIS_Y, "y2": place["y"]} for place in places]
    out = [
        {"x": place["x"], "x2": place["end"], "y": place["y"], "y2": place["y"]} for place in places
    ]
    return frame.lines(down + out, GREY, strokeWidth=1.2)


def _bars(
    ranks: Sequence[dict[str, Any]],
    groups: Sequence[tuple[int, int]],
    levels: Sequence[int],
    frame: _Frame,
    language: Language,
) -> list[alt.Chart]:
    if not groups:
        return []
    records = []
    for (first, last), level in zip(groups, levels, strict=True):
        y = AXIS_Y + 10 + BAR * level
        members = ", ".join(record["label"] for record in ranks[first : last + 1])
        records.append(
            {
                "x": frame.at(ranks[first]["rank"]) - 4,
                "x2": frame.at(ranks[last]["rank"]) + 4,
                "y": y,
                "y2": y,
                "members": members,
            }
        )
    bars = frame.lines(records, BLUE, strokeWidth=4, strokeCap="round")
    return [bars.encode(tooltip=[alt.Tooltip("members:N", title=GROUP.to(language))])]


def _names(places: list[dict[str, Any]], frame: _Frame) -> list[alt.Chart]:
    charts = []
    for left in (True, False):
        mine = [place for place in places if place["left"] is left]
        side = -1 if left else 1
        align = "right" if left else "left"
        numbers = [
            {"x": place["end"] + side * 2, "y": place["y"], "text": place["written"]}
            for place in mine
        ]
        names = [
            {
                "x": place["end"] + side * (NUMBER + LABEL_GAP),
                "y": place["y"],
                "text": place["label"],
            }
            for place in mine
        ]
        charts += [
            frame.texts(numbers, align=align, opacity=0.7),
            frame.texts(names, align=align, limit=LONGEST_LABEL),
        ]
    return charts
