"""Every candidate against every other: a table of verdicts, told apart by sign and by colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import Language, Text

__all__ = ["SIGNS", "pairwise_matrix"]

SIGNS = {"better": "▲", "worse": "▼", "equivalent": "=", "no_evidence": "·"}
"""What a cell shows where it is too narrow for a number."""

VERDICTS = {
    "better": Text("the row is better", "该行更好"),
    "worse": Text("the row is worse", "该行更差"),
    "equivalent": Text("equivalent in practice", "实际等效"),
    "no_evidence": Text("no evidence of a difference", "没有差异的证据"),
}
COLOURS = {"better": BLUE, "worse": ORANGE, "equivalent": GREY, "no_evidence": "transparent"}

ROW = Text("row", "行")
COLUMN = Text("column", "列")
DIFFERENCE = Text("row − column [95%]", "行 − 列 [95%]")
VERDICT = Text("verdict", "结论")
PROBABILITIES = {
    "better": Text("row better", "该行更好"),
    "equivalent": Text("equivalent", "等效"),
    "worse": Text("row worse", "该行更差"),
}
P_HOLM = Text("p (Holm)", "p（Holm）")

MOST_IN_TALL_ROWS = 16
ROOM_FOR_NUMBER = 44
"""Pixels of a column from which on it shows the difference and not the sign alone."""


def pairwise_matrix(
    records: Sequence[dict[str, Any]],
    order: Sequence[str],
    *,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw the verdict on each pair, the candidate of the row compared with that of the column.

    Rows are named and numbered, columns numbered alike, so that thirty of them have room.

    Parameters
    ----------
    records : sequence of dict
        ``row``, ``column``, ``verdict`` (of the row: "better", "worse", "equivalent" or
        "no_evidence"), ``difference`` and ``interval`` as text, ``p_holm`` as text, and the
        probabilities ``better``, ``equivalent``, ``worse`` as text; each pair both ways round.
    order : sequence of str
        The candidates from the top and from the left.
    language : {"en", "zh"}, default="en"
        Language of legend and tooltips.
    width : int or "container"
        Width of the chart.
    """
    n = len(order)
    number = {label: str(i) for i, label in enumerate(order, start=1)}
    names = [f"{number[label]}  {label}" for label in order]
    said = {key: f"{SIGNS[key]}  {text.to(language)}" for key, text in VERDICTS.items()}
    cells = [
        {
            **record,
            "y": f"{number[record['row']]}  {record['row']}",
            "x": number[record["column"]],
            "said": said[record["verdict"]],
            "sign": SIGNS[record["verdict"]],
            "long": f"{SIGNS[record['verdict']]} {record['difference']}",
            "between": f"{record['difference']} {record['interval']}",
        }
        for record in records
    ]
    colour = alt.Color(
        "said:N",
        scale=alt.Scale(domain=list(said.values()), range=[COLOURS[key] for key in said]),
        legend=alt.Legend(
            orient="top", title=None, columns=1, labelLimit=300, symbolStrokeColor=GREY,
            symbolStrokeWidth=0.8, symbolType="square", symbolOpacity=0.5,
        ),
    )  # fmt: skip
    x = alt.X(
        "x:O",
        sort=list(number.values()),
        title=None,
        scale=alt.Scale(domain=list(number.values()), paddingInner=0.06),
        axis=alt.Axis(
            orient="top", ticks=False, domain=False, labelAngle=0, labelPadding=4, labelOverlap=True
        ),
    )
    y = alt.Y(
        "y:N",
        sort=names,
        title=None,
        scale=alt.Scale(domain=names, paddingInner=0.06),
        axis=alt.Axis(ticks=False, domain=False, labelLimit=170),
    )
    tooltip = [
        alt.Tooltip("row:N", title=ROW.to(language)),
        alt.Tooltip("column:N", title=COLUMN.to(language)),
        alt.Tooltip("said:N", title=VERDICT.to(language)),
        alt.Tooltip("between:N", title=DIFFERENCE.to(language)),
        alt.Tooltip("p_holm:N", title=P_HOLM.to(language)),
        *(alt.Tooltip(f"{k}:N", title=text.to(language)) for k, text in PROBABILITIES.items()),
    ]
    base = alt.Chart(as_data(cells)).encode(x=x, y=y, tooltip=tooltip)
    boxes = base.mark_rect(opacity=0.5, stroke=GREY, strokeWidth=0.5, strokeOpacity=0.6).encode(
        color=colour
    )
    room = f"width / {max(n, 1)}"
    texts = base.mark_text(
        text=alt.ExprRef(f"{room} >= {ROOM_FOR_NUMBER} ? datum.long : datum.sign"),
        fontSize=alt.ExprRef(f"clamp({room} * 0.75, 6, 11)"),
    )
    height = (26 if n <= MOST_IN_TALL_ROWS else 18) * n
    return finish(alt.layer(boxes, texts).properties(width=width, height=height))
