"""What a notebook shows for an activation: its formulas and its curve."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ogive.activations.sheet.content import Sheet
from ogive.activations.sheet.svg import picture
from ogive.activations.sheet.typeset import mathml
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["html"]

SHOWN = Text(
    "{name}: value (line) and derivative (dashed) for z from -5 to 5",
    "{name}：z 从 -5 到 5 的函数值（实线）与导数（虚线）",
)


def html(function: Activation, language: Language | None = None) -> str:
    """Return an HTML fragment: title, formulas in MathML, and the curve in SVG.

    Nothing in it is loaded from anywhere or run.

    Parameters
    ----------
    function : Activation
        What to show.
    language : {"en", "zh"}, optional
        Language of the words in it; by default the locale's.
    """
    language = language or default_language()
    sheet = Sheet(function)
    formulas = [mathml(formula.expression, formula.mathml) for formula in sheet.formulas]
    name = "" if sheet.label in sheet.heading else f" <code>{escape(sheet.label)}</code>"
    parts = [
        '<div style="max-width: 30em">',
        f"<p><strong>{escape(sheet.heading.to(language))}</strong>{name}</p>",
        *formulas,
    ]
    if sheet.note is not None:
        parts.append(f"<p>{escape(sheet.note.to(language))}</p>")
    if sheet.kind == "elementwise":
        parts.append(picture(function, SHOWN.to(language, name=sheet.label), -5.0, 5.0))
    return "\n".join([*parts, "</div>"])
