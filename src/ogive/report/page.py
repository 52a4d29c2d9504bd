"""The page that every report is: one HTML file with its style, its charts and what draws them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ogive.plots.writing import javascript_bundle
from ogive.report.files import replacing
from ogive.text import LANGUAGES, InputError, Language, Text

__all__ = ["Figure", "render_page", "typographic", "write_page"]

MADE = Text("Made by ogive {version}", "由 ogive {version} 生成")
HERE = "ogive.report"


@dataclass(frozen=True)
class Figure:
    """A chart of a report.

    Attributes
    ----------
    name : str
        The id of its place in the page.
    title, caption : str
        What stands above and below it.
    specification : str
        The chart in Vega-Lite's JSON, with nothing in it that could end a script element.
    wide : bool, default=False
        Whether it takes a line of its own where figures stand side by side.
    """

    name: str
    title: str
    caption: str
    specification: str
    wide: bool = False

    @classmethod
    def of(cls, chart: Any, name: str, title: str, caption: str, *, wide: bool = False) -> Figure:
        """Return the figure of an Altair chart."""
        text = json.dumps(chart.to_dict(), ensure_ascii=False)
        return cls(name, title, caption, text.replace("<", "\\u003c"), wide)


def render_page(
    package: str, template: str, *, title: str, language: Language, **values: Any
) -> str:
    """Return a report as HTML text.

    Parameters
    ----------
    package, template : str
        Where the template is: a file in the package's folder ``assets``. It extends
        ``page.html.j2``, and finds macros in ``parts.html.j2``.
    title : str
        Title of the page.
    language : {"en", "zh"}
        Language of the page.
    **values
        What else the template needs.

    Raises
    ------
    InputError
        Where the language is neither.
    """
    import jinja2

    from ogive import __version__

    if language not in LANGUAGES:
        raise InputError(
            f"language must be 'en' or 'zh'. Got {language!r} instead.",
            f"language 只能是 'en' 或 'zh'，得到的却是 {language!r}。",
        )

    def load(name: str) -> str:
        return _asset(package if name == template else HERE, name)

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    page = {
        "language": {"en": "en", "zh": "zh-Hans"}[language],
        "title": title,
        "version": __version__,
        "made": MADE.to(language, version=__version__),
        "style": _asset(HERE, "page.css"),
        "script": _asset(HERE, "page.js"),
        "bundle": javascript_bundle(),
    }
    return environment.get_template(template).render(page=page, title=title, **values)


def write_page(html: str, path: Path) -> None:
    """Write a report beside `path` first and then rename it, so that none is half-written.

    Raises
    ------
    InputError
        Where the file cannot be written.
    """
    with replacing(path) as beside:
        beside.write_text(html, encoding="utf-8", newline="\n")


def typographic(text: str) -> str:
    """Set minus signs as such: a hyphen is too short, and a line may break after it."""
    return text.replace("-", "\u2212") if any(c.isdigit() for c in text) else text


@cache
def _asset(package: str, name: str) -> str:
    return (files(package) / "assets" / name).read_text(encoding="utf-8")
