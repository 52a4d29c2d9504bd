"""What is known of the differences to one candidate: densities over the region of equivalence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import Language, Text

__all__ = ["REGIONS", "posterior_densities"]

REGIONS = ("worse", "equivalent", "better")

LEGEND = {
    "worse": Text("worse than {reference}", "比 {reference} 差"),
    "equivalent": Text("equivalent in practice: within ±{rope}", "实际等效：相差不超过 {rope}"),
    "better": Text("better than {reference}", "比 {reference} 好"),
}
SAID = Text(
    "worse {worse} · equivalent {equivalent} · better {better}",
    "更差 {worse} · 等效 {equivalent} · 更好 {better}",
)
COLOURS = {"worse": ORANGE, "equivalent": GREY, "better": BLUE}
ROW = 54
TALLEST = 0.58
TEXT = 0.76


def posterior_densities(
    records: Sequence[dict[str, Any]],
    *,
    reference: str,
    rope: float,
    rope_written: str,
    domain: tuple[float, float],
    difference_title: str,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw the posterior density of each difference, with its three probabilities in words.

    Every density has the same height, whatever its width; the region of practical equivalence is
    shaded behind all of them, and the parts of each density carry the colours of what they say.

    Parameters
    ----------
    records : sequence of dict
        One a candidate, from the top: ``candidate``; ``worse``, ``equivalent`` and ``better``, the
        probabilities as text; ``parts``, which maps each of these regions to two lists of equal
        length, differences and densities (the highest is 1); and ``beyond``, text in place of a
        density that lies outside the domain, or empty.
    reference : str
        The candidate that all are compared with.
    rope : float
        Half the width of the region of practical equivalence.
    rope_written : str
        The same for the legend.
    domain : tuple of float
        Ends of the axis of differences.
    difference_title : str
        Title of that axis.
    language : {"en", "zh"}, default="en"
        Language of legend and texts.
    width : int or "container"
        Width of the chart.
    """
    n = len(records)
    legends = {k: LEGEND[k].to(language, reference=reference, rope=rope_written) for k in REGIONS}
    x_scale = alt.Scale(domain=domain, nice=False, zero=False)
    y_scale = alt.Scale(domain=(0, n), nice=False)
    x = alt.X("x:Q", scale=x_scale, title=difference_title, axis=alt.Axis(tickCount=6, format="~g"))
    y = alt.Y("y:Q", scale=y_scale, title=None, axis=None)
    areas, texts, lines = [], [], []
    for i, record in enumerate(records):
        base = n - 1 - i
        said = SAID.to(language, **{region: record[region] for region in REGIONS})
        about = {"candidate": record["candidate"], "said": said}
        texts.append({**about, "y": base + TEXT, "beyond": record["beyond"], "base": base + 0.3})
        lines.append({"y": base})
        for region in REGIONS:
            across, up = record["parts"].get(region, ((), ()))
            if len(across):
                heights = [round(base + TALLEST * value, 4) for value in up]
                part = {"region": legends[region], "base": base, "x": list(across), "y": heights}
                areas.append({**about, **part})
    tooltip = [alt.Tooltip("candidate:N", title=" "), alt.Tooltip("said:N", title=" ")]
    band = (
        alt.Chart(as_data([{"x": max(-rope, domain[0]), "x2": min(rope, domain[1])}]))
        .mark_rect(color=GREY, opacity=0.22)
        .encode(x=x, x2="x2:Q")
    )
    zero = (
        alt.Chart(as_data([{"x": 0.0}]))
        .mark_rule(color=GREY, strokeDash=[3, 3], strokeWidth=1)
        .encode(x=x)
    )
    floor = alt.Chart(as_data(lines)).mark_rule(color=GREY, strokeWidth=0.6).encode(y=y)
    colour = alt.Color(
        "region:N",
        scale=alt.Scale(
            domain=list(legends.values()), range=[COLOURS[region] for region in REGIONS]
        ),
        legend=alt.Legend(
            orient="top", title=None, columns=1, labelLimit=420, symbolType="square",
            symbolOpacity=0.8,
        ),
    )  # fmt: skip
    densities = (
        alt.Chart(as_data(areas))
        .transform_flatten(["x", "y"])
        .mark_area(opacity=0.8, line=False)
        .encode(x=x, y=y, y2="base:Q", color=colour, detail="candidate:N", tooltip=tooltip)
    )
    words = alt.Chart(as_data(texts)).encode(y=y, tooltip=tooltip)
    names = words.mark_text(align="left", fontSize=12, fontWeight="bold", limit=150).encode(
        x=alt.value(2), text="candidate:N"
    )
    said = words.mark_text(align="right", fontSize=11).encode(x=alt.value("width"), text="said:N")
    beyond = (
        words.transform_filter("datum.beyond != ''")
        .mark_text(align="left", fontSize=11)
        .encode(x=alt.value(2), y=alt.Y("base:Q", scale=y_scale), text="beyond:N")
    )
    chart = alt.layer(band, zero, floor, densities, names, said, beyond)
    return finish(chart.properties(width=width, height=ROW * n))
