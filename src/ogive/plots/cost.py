"""Seconds a fit against score, every activation labelled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from ogive.plots.theme import as_data, emphasis, finish, off_scale, score_domain
from ogive.text import Language, Text

__all__ = ["cost_against_score"]

SECONDS = Text("Seconds a fit (median)", "每次训练秒数（中位数）")
HEIGHT = 380
# Labels are placed for the narrowest plot in use; on a wider one they only lie farther apart.
NARROWEST = 250
LINE = 15
CHARACTER = 7
# The side of the point, the alignment of a label there, and its distance in pixels.
_SIDES: tuple[tuple[str, Literal["left", "right"], int], ...] = (
    ("right", "left", 9),
    ("left", "right", -9),
)


def cost_against_score(
    records: Sequence[dict[str, Any]],
    *,
    score_title: str,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw every activation at its time and score, with its name beside it.

    A mean so low that it would crush the scale of the others lies on the lower edge, with its
    score as a number.

    Parameters
    ----------
    records : sequence of dict
        ``activation``, ``seconds``, ``score``, ``group`` and ``written``, the score as text.
    score_title : str
        Title of the score axis.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container"
        Width of the chart.
    """
    times = [record["seconds"] for record in records]
    limit = off_scale([record["score"] for record in records])
    scores = [record["score"] for record in records if record["score"] >= limit]
    slack = 0.12 * (max(times) - min(times)) or 0.1 * max(times) or 1.0
    x_domain = (max(min(times) - slack, 0.0), max(times) + slack)
    y_domain = score_domain(scores, scores)
    x = alt.X(
        "seconds:Q",
        title=SECONDS.to(language),
        scale=alt.Scale(domain=x_domain, nice=False, zero=False),
        axis=alt.Axis(tickCount=6, grid=False, format="~g"),
    )
    y_scale = alt.Scale(domain=y_domain, nice=False, zero=False)
    marks = [
        {**record, "label": record["activation"]}
        if record["score"] >= limit
        else {
            **record,
            "score": y_domain[0],
            "label": f"{record['activation']} ↓ {record['written']}",
        }
        for record in records
    ]
    placed = _place_labels(marks, x_domain, y_domain)
    base = alt.Chart(as_data(placed)).encode(x=x)
    tooltip = [
        alt.Tooltip("activation:N", title=" "),
        alt.Tooltip("written:N", title=score_title),
        alt.Tooltip("seconds:Q", title=SECONDS.to(language), format=".3~g"),
    ]
    points = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=alt.Y("score:Q", scale=y_scale, title=score_title, axis=alt.Axis(tickCount=6)),
        color=emphasis(),
        shape=alt.Shape(
            "group:N",
            scale=alt.Scale(
                domain=["best", "level", "unsure", "worse"],
                range=["diamond", "circle", "square", "triangle-down"],
            ),
            legend=None,
        ),
        tooltip=tooltip,
    )
    leaders = (
        base.transform_filter("datum.moved")
        .mark_rule(strokeWidth=0.8, opacity=0.6)
        .encode(y=alt.Y("score:Q", scale=y_scale), y2="label_score:Q", color=emphasis())
    )
    labels = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, baseline="middle", fontSize=12)
        .encode(y=alt.Y("label_score:Q", scale=y_scale), text="label:N", tooltip=tooltip)
        for side, align, dx in _SIDES
    ]
    chart = alt.layer(leaders, points, *labels).properties(width=width, height=HEIGHT)
    return finish(chart)


def _place_labels(
    records: Sequence[dict[str, Any]],
    x_domain: tuple[float, float],
    y_domain: tuple[float, float],
) -> list[dict[str, Any]]:
    """Put each label at the nearest place beside its point where it covers nothing else."""
    to_x = NARROWEST / (x_domain[1] - x_domain[0])
    to_y = HEIGHT / (y_domain[1] - y_domain[0])
    spots = [
        ((r["seconds"] - x_domain[0]) * to_x, (y_domain[1] - r["score"]) * to_y) for r in records
    ]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots]
    shifts = sorted((step * LINE for step in range(-20, 21)), key=abs)
    placed = []
    for record, (x, y) in zip(records, spots, strict=True):
        wide = CHARACTER * len(record["label"])
        best = (math.inf, 0, "right")
        for shift in shifts:
            middle = y + shift
            if not LINE / 2 <= middle <= HEIGHT - LINE / 2:
                continue
            for side, left in (("right", x + 9), ("left", x - 9 - wide)):
                if left < 0 or left + wide > NARROWEST:
                    continue
                box = (left, middle - LINE / 2, left + wide, middle + LINE / 2)
                overlaps = sum(_overlap(box, other) for other in taken)
                if (overlaps, 0, "") < (best[0], 0, ""):
                    best = (overlaps, shift, side)
            if best[0] == 0:
                break
        _, shift, side = best
        left = x + 9 if side == "right" else x - 9 - wide
        taken.append((left, y + shift - LINE / 2, left + wide, y + shift + LINE / 2))
        placed.append(
            {
                **record,
                "side": side,
                "moved": shift != 0,
                "label_score": record["score"] - shift / to_y,
            }
        )
    return placed


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return max(wide, 0) * max(high, 0)
