"""What the charts of a network's layers share: one row a layer, with a name that has room."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import commonprefix

import altair as alt

from ogive.plots.theme import BLUE, ORANGE, ROW_HEIGHT, as_data

__all__ = ["DEPTHS", "RULE", "depth_colours", "epoch_rule", "height_of", "layer_labels", "rows"]

LONGEST = 24
LOW_ROW = 17
MANY = 12
RULE = "#d1495b"
DEPTHS = ("#2166b0", "#4f9be0", "#1a9e77", "#a38f00", "#b95fa5", "#a86a45")
"""Colours of layers in the order of their depth, where lines are few."""


def layer_labels(names: Sequence[str], longest: int = LONGEST) -> list[str]:
    """Return names that have room beside a chart and are all different.

    Of long dotted names the parts in front that all share are left out, and then their middles; a
    number in front tells apart what looks the same after that.
    """
    shared = _shared_parts(names) if any(len(name) > longest for name in names) else 0
    short = [_shortened(name, shared, longest) for name in names]
    twice = {label for label in short if short.count(label) > 1}
    return [f"{i} {label}" if label in twice else label for i, label in enumerate(short, 1)]


def _shared_parts(names: Sequence[str]) -> int:
    """Return how many dotted parts all long names begin with, their last one aside."""
    parts = [name.split(".")[:-1] for name in names if "." in name]
    return len(commonprefix(parts)) if len(parts) > 1 else 0


def _shortened(name: str, shared: int, longest: int) -> str:
    parts = name.split(".")
    if shared and len(parts) > shared:
        name = "…" + ".".join(parts[shared:])
    if len(name) <= longest:
        return name
    half = (longest - 1) // 2
    return f"{name[: longest - 1 - half]}…{name[-half:]}"


def rows(labels: Sequence[str], field: str = "layer") -> alt.Y:
    """Return the axis on which every layer has a row, from the input above to the output below."""
    return alt.Y(
        f"{field}:N",
        sort=list(labels),
        title=None,
        scale=alt.Scale(domain=list(labels)),
        axis=alt.Axis(ticks=False, domain=False, labelLimit=210, labelOverlap=False),
    )


def epoch_rule(epoch: int) -> alt.Chart:
    """Return a broken line at an epoch, to be laid over a chart with the field epoch."""
    rule: alt.Chart = (
        alt.Chart(as_data([{"epoch": epoch}]))
        .mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=RULE)
        .encode(x="epoch:Q", tooltip=alt.value(None))
    )
    return rule


def height_of(n_layers: int) -> int:
    """Return the height of a chart with so many rows; they are lower where they are many."""
    return (ROW_HEIGHT if n_layers <= MANY else LOW_ROW) * n_layers


def depth_colours(n_layers: int, *, with_output: bool) -> list[str]:
    """Return a colour for each layer, orange for the output."""
    hidden = n_layers - with_output
    colours = [DEPTHS[i % len(DEPTHS)] for i in range(hidden)] or [BLUE]
    return [*colours[:hidden], *([ORANGE] if with_output else [])]
