"""Analysis of variance as text and HTML."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from rich.cells import cell_len

from ogive.linear.summary import numbers, wording
from ogive.linear.summary.html import STYLE, html_table
from ogive.linear.summary.layout import shown_name, table
from ogive.linear.summary.text import MOST_TARGETS
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    from ogive.linear.anova import Anova, AnovaTable

__all__ = ["anova_html", "anova_text"]

WIDTH = 72
TITLE = Text("Analysis of variance of {target}", "{target} 的方差分析")
TABLES = {
    "overall": Text("All columns together", "所有列合计"),
    "sequential": Text("Each after those before it (type I)", "依次加入各项（I 型）"),
    "partial": Text("Each given all others (type III)", "给定其他各项（III 型）"),
}
NO_ROWS = Text(
    "The table of each column after those before it needs the rows: anova(X, y).",
    "依次加入各项的表需要数据行：anova(X, y)。",
)
HEADER = (
    Text("df", "自由度"),
    Text("sum of squares", "平方和"),
    Text("mean square", "均方"),
    Text("F", "F"),
    Text("p", "p 值"),
)
ENDS = {
    "regression": Text("Regression", "回归"),
    "residual": Text("Residual", "残差"),
    "total": Text("Total", "总计"),
}


def anova_text(anova: Anova, language: Language | None = None) -> str:
    """Return the tables as text."""
    language = language or default_language()
    parts = []
    for i, target in enumerate(anova.target_names[:MOST_TARGETS]):
        lines = [TITLE.to(language, target=shown_name(target))]
        for name, one in anova.tables().items():
            set_table = table(_header(language), _rows(name, one, i, language), WIDTH)
            rule = "-" * max(map(cell_len, set_table))
            lines += ["", TABLES[name].to(language), rule, *set_table, rule]
        parts.append("\n".join(lines))
    return "\n\n".join(parts + _more(anova, language))


def anova_html(anova: Anova, language: Language | None = None) -> str:
    """Return the tables as a fragment of HTML."""
    language = language or default_language()
    parts = [STYLE, '<div class="ogive-regression">']
    for i, target in enumerate(anova.target_names[:MOST_TARGETS]):
        parts.append(f"<h4>{escape(TITLE.to(language, target=shown_name(target)))}</h4>")
        parts += [
            html_table(_header(language), _rows(name, one, i, language), TABLES[name].to(language))
            for name, one in anova.tables().items()
        ]
    parts += [f"<p>{more}</p>" for more in _more(anova, language)]
    return "\n".join([*parts, "</div>"])


def _header(language: Language) -> list[str]:
    return ["", *(title.to(language) for title in HEADER)]


def _rows(name: str, one: AnovaTable, target: int, language: Language) -> list[list[str]]:
    ends = len(one.terms) if name == "overall" else 1
    rows = []
    for j, term in enumerate(one.terms):
        if j >= len(one.terms) - ends:
            title = ENDS[term].to(language)
        elif name == "partial" and j == 0 and term == "(Intercept)":
            title = wording.CONSTANT.to(language)
        else:
            title = shown_name(term)
        f, p = float(one.f[target, j]), float(one.p[target, j])
        cells = [one.sum_of_squares[target, j], one.mean_square[target, j], f]
        rows.append(
            [
                title,
                str(int(one.degrees_of_freedom[j])),
                *(wording.NOTHING if math.isnan(v) else numbers.significant(v, 6) for v in cells),
                wording.NOTHING if math.isnan(p) else numbers.p_value(p),
            ]
        )
    return rows


def _more(anova: Anova, language: Language) -> list[str]:
    more = len(anova.target_names) - MOST_TARGETS
    lines = [NO_ROWS.to(language)] if anova.sequential is None else []
    return lines + ([wording.more_targets(more, language)] if more > 0 else [])
