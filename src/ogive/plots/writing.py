"""Charts as files: SVG, PNG, or a page that needs no connection."""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path
from typing import Any

from ogive.plots.paper import WHITE
from ogive.text import Language

__all__ = ["SUFFIXES", "javascript_bundle", "write_chart"]

SUFFIXES = (".svg", ".png", ".html")
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="ogive">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src \
'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light }}
body {{ background: white; color: #1d2127; font: 16px/1.5 system-ui, "Noto Sans CJK SC", \
"Microsoft YaHei", "PingFang SC", sans-serif; margin: 2rem auto; max-width: 760px; \
padding: 0 1rem; overflow-wrap: anywhere }}
h1 {{ font-size: 1.4rem }}
#chart {{ overflow-x: auto }}
</style>
</head>
<body>
<h1>{title}</h1>
<div id="chart"></div>
<script>{bundle}</script>
<script>
vegaEmbed("#chart", {specification}, {{ renderer: "svg", actions: false }});
</script>
</body>
</html>
"""


def write_chart(chart: Any, path: Path, *, title: str, language: Language = "en") -> None:
    """Write a chart in the format that the end of the name says.

    Parameters
    ----------
    chart : altair chart
        What to write; it gets a white ground, as nobody knows what it will be laid on.
    path : Path
        Ends in one of `SUFFIXES`.
    title : str
        Title of the page, if it is one.
    language : {"en", "zh"}, default="en"
        Language of the page.
    """
    import vl_convert

    specification = chart.to_dict()
    specification["config"]["background"] = WHITE
    specification["padding"] = 12
    suffix = path.suffix.lower()
    if suffix == ".svg":
        svg = vl_convert.vegalite_to_svg(specification, vl_version=_version())
        path.write_text(svg, encoding="utf-8", newline="\n")
    elif suffix == ".png":
        png = vl_convert.vegalite_to_png(specification, vl_version=_version(), scale=2)
        path.write_bytes(png)
    else:
        page = PAGE.format(
            language={"en": "en", "zh": "zh-Hans"}[language],
            title=html.escape(title),
            bundle=javascript_bundle(),
            specification=json.dumps(specification, ensure_ascii=False).replace("<", "\\u003c"),
        )
        path.write_text(page, encoding="utf-8", newline="\n")


def _version() -> str:
    import altair

    major, minor, *_ = altair.SCHEMA_VERSION.lstrip("v").split(".")
    return f"{major}.{minor}"


@cache
def javascript_bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script; building it takes a second."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle(vl_version=_version())  # type: ignore[call-arg]
    return bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")
