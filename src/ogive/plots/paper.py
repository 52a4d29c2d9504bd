"""Charts that get a white ground when they are saved as pictures, and none on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

__all__ = ["WHITE", "on_paper"]

WHITE = "white"
PICTURES = ("png", "svg", "pdf")


class _OnPaper(alt.TopLevelMixin):
    def save(self, fp: Any, *args: Any, **options: Any) -> None:
        """Write the chart as Altair does; a picture without a background of its own gets white."""
        named = Path(fp).suffix[1:].lower() if isinstance(fp, str | Path) else None
        chart: Any = self
        written = (args[0] if args else options.get("format")) or named
        if written in PICTURES and _transparent(self):
            chart = chart.copy(deep=["config"])
            chart.config.background = WHITE
        super(_OnPaper, chart).save(fp, *args, **options)


def _transparent(chart: Any) -> bool:
    own = chart._kwds.get("background", alt.Undefined)
    config = chart._kwds.get("config", alt.Undefined)
    return own is alt.Undefined and getattr(config, "background", None) == "transparent"


# By name, as charts of a class made while running could not be pickled.
class _Chart(_OnPaper, alt.Chart): ...


class _Layers(_OnPaper, alt.LayerChart): ...


class _Across(_OnPaper, alt.HConcatChart): ...


class _Down(_OnPaper, alt.VConcatChart): ...


class _Grid(_OnPaper, alt.ConcatChart): ...


class _Facets(_OnPaper, alt.FacetChart): ...


KINDS = (_Chart, _Layers, _Across, _Down, _Grid, _Facets)


def on_paper(chart: Any) -> Any:
    """Return the chart, as one whose ``save`` lays pictures on white.

    In a page the chart stays transparent, so that the page may choose its paper and recolour text
    and axes for it; nobody can do so in a picture, of which dark text would be lost on dark paper.
    A background that was set by ``configure(background=…)`` or ``properties(background=…)`` stays.
    """
    kind = next((kind for kind in KINDS if kind.__bases__[1] is type(chart)), None)
    if kind is not None:
        # Past Altair, which takes every attribute set for a part of the specification.
        object.__setattr__(chart, "__class__", kind)
    return chart
