"""The documentation's pages about findings, as HTML within a report."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from ogive.diagnosis.finding import CODES, page_of
from ogive.text import Language

__all__ = ["page_html", "page_id", "with_plain_formulas"]

LOWER = 2
"""So many levels a page's headings sink, as it stands below a heading of the report."""


_FORMULA = re.compile(r"\${1,2}([^$\n]+)\${1,2}")
# One after the other, inner braces before outer ones.
_SPELLINGS = (
    (r"\\(?:mathrm|mathtt|operatorname|text)\{([^{}]*)\}", r"\1"),
    (r"([_^])\{(\w+)\}", r"\1\2"),
    (r"([_^])\{([^{}]*)\}", r"\1(\2)"),
    (r"\\sqrt\{([^{}]*)\}", r"√(\1)"),
    (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)"),
    (r"\\[,;: ]|\\qquad\b", " "),
    (r"\\sim\b", "~"),
    (r"\\cdot\b ?", "· "),
    (r"\\times\b", "×"),
    (r"\\leq?\b", "≤"),
    (r"\\geq?\b", "≥"),
    (r"\\approx\b", "≈"),
    (r"\\partial\b ?", "∂"),
    (r"\\sigma(?![a-z])", "σ"),
    (r"\\chi(?![a-z])", "χ"),
    (r"\\eta(?![a-z])", "η"),
    (r"\\lambda(?![a-z])", "λ"),
    (r"\^2(?!\d)", "²"),
    (r"\^n", "ⁿ"),
    (r"\\", ""),
)


def with_plain_formulas(text: str) -> str:
    """Return Markdown with its formulas, LaTeX between dollars, written in plain characters.

    The documentation sets them; neither a terminal nor a report without a connection can.
    """
    return _FORMULA.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    formula = found.group(1)
    for pattern, written in _SPELLINGS:
        formula = re.sub(pattern, written, formula)
    return f"`{formula}`"


def page_id(code: str) -> str:
    """Return the id of the page of a code within a report."""
    return f"page-{code}"


def page_html(code: str, language: Language, embedded: Collection[str] = ()) -> str:
    """Return the page about a code as HTML.

    Parameters
    ----------
    code : str
    language : {"en", "zh"}
    embedded : collection of str
        The codes whose pages the report holds: links between them stay within it, and others
        become plain text.
    """
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(with_plain_formulas(page_of(code, language)))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + LOWER, 6)}"
        if token.children:
            token.children = _within(token.children, embedded)
    html: str = reader.renderer.render(tokens, reader.options, {})
    return html


def _within(children: list[Any], embedded: Collection[str]) -> list[Any]:
    """Point links to pages that are here at them; leave links to other files out."""
    kept = []
    dropped = 0
    for token in children:
        if token.type == "link_open":
            target = str(token.attrGet("href") or "")
            code = next((one for one in CODES if one in target), None)
            if code in embedded:
                token.attrSet("href", f"#{page_id(str(code))}")
            elif "://" not in target:
                dropped += 1
                continue
        elif token.type == "link_close" and dropped:
            dropped -= 1
            continue
        kept.append(token)
    return kept
