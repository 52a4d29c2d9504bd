"""How many units of every layer are dead, silent, saturated or active."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from ogive.plots import groups
from ogive.plots.layer_axis import height_of, layer_labels, rows
from ogive.plots.theme import as_data, finish
from ogive.text import Language, Text

__all__ = ["STATES", "unit_states"]

STATES = {
    "dead": Text("dead", "死亡"),
    "silent": Text("silent on these rows", "在这些行上沉默"),
    "saturated": Text("always saturated", "始终饱和"),
    "constant": Text("constant", "恒定"),
    "duplicate": Text("twin of another", "与其他单元重复"),
    "active": Text("in use", "有效"),
}
# From dark to light orange, then away from it: told apart by lightness as well.
COLOURS = {
    "dead": "#b8490a",
    "silent": "#f0a860",
    "saturated": "#b95fa5",
    "constant": "#8b929c",
    "duplicate": "#c9c27a",
    "active": "#2f7ed8",
}
SHARE = Text("Share of the layer's units", "占该层单元的比例")
UNITS = Text("units", "单元数")
STATE = Text("state", "状态")
LAYER = Text("layer", "层")
LEAST_WRITTEN = 0.06


def unit_states(
    counts: Mapping[str, Mapping[str, int]],
    *,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw a bar for every layer, divided by the states of its units, with their numbers.

    Parameters
    ----------
    counts : mapping of str to mapping of str to int
        For each layer's name, from the input on, the number of units in each of `STATES`.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container"
        Width of the chart.
    """
    labels = layer_labels(list(counts))
    names = {state: text.to(language) for state, text in STATES.items()}
    records = []
    for label, (name, of_layer) in zip(labels, counts.items(), strict=True):
        total = sum(of_layer.values())
        start = 0.0
        for state, shown in names.items():
            n = of_layer.get(state, 0)
            if not n:
                continue
            end = start + n / total
            records.append(
                {
                    "layer": label,
                    "whole": name,
                    "state": shown,
                    "units": n,
                    "start": round(start, 5),
                    "end": round(end, 5),
                    "middle": round((start + end) / 2, 5),
                    "written": str(n) if n / total >= LEAST_WRITTEN else "",
                }
            )
            start = end
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X(
        "start:Q",
        title=SHARE.to(language),
        scale=scale,
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    base = alt.Chart(as_data(records)).encode(
        y=rows(labels),
        tooltip=[
            alt.Tooltip("whole:N", title=LAYER.to(language)),
            alt.Tooltip("state:N", title=STATE.to(language)),
            alt.Tooltip("units:Q", title=UNITS.to(language)),
        ],
    )
    present = [s for s in STATES if any(of_layer.get(s) for of_layer in counts.values())]
    bars = base.mark_bar(opacity=0.85, stroke="white", strokeWidth=0.6).encode(
        x=x,
        x2="end:Q",
        color=alt.Color(
            "state:N",
            sort=None,
            scale=alt.Scale(
                domain=[names[s] for s in present], range=[COLOURS[s] for s in present]
            ),
            legend=groups.key(2, symbolType="square", symbolOpacity=0.85),
        ),
    )
    numbers = base.mark_text(fontSize=11, color="#1d2127").encode(
        x=alt.X("middle:Q", title=SHARE.to(language), scale=scale), text="written:N"
    )
    return finish(alt.layer(bars, numbers).properties(width=width, height=height_of(len(labels))))
