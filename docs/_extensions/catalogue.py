"""The pages of the catalogue, one for each function and language, and ``catalogue-table``.

The pages are written before the build into ``catalogue`` and ``zh/catalogue``, from the records
and from what the library derives of them; Git ignores both folders.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ogive.activations import CATALOGUE, Activation, activation
from ogive.activations.facts import Facts, Range, derivation
from ogive.activations.sheet.content import SOURCE, STRENGTH, UNDECIDED, WEAKNESS, Sheet
from ogive.activations.sheet.svg import picture
from ogive.activations.sheet.typeset import mathml
from ogive.text import LANGUAGES, Language, Text

FOLDERS: dict[Language, str] = {"en": "catalogue", "zh": "zh/catalogue"}
FAMILIES = {
    "piecewise": Text("Made of straight or quadratic pieces", "分段直线与分段二次函数"),
    "squashing": Text("S-shaped, bounded at both ends", "S 形函数：两端有界"),
    "exponential_units": Text("Rectifiers with a curved side", "一侧弯曲的整流函数"),
    "self_gated": Text(
        "Self-gated: z times an S-shaped function of z", "自门控函数：z 乘以 S 形函数"
    ),
    "other_shapes": Text("Other shapes", "其他形状"),
    "vectors": Text("Functions of a whole row", "作用于整行的函数"),
    "gates": Text("Gates, which halve the width", "门控函数：输出宽度减半"),
}
HEADS = (
    Text("name", "名称"),
    Text("output", "输出范围"),
    Text("derivative", "导数范围"),
    Text("monotonic", "单调"),
    Text("smoothness", "光滑性"),
    Text("year", "年份"),
)
YES, NO = Text("yes", "是"), Text("no", "否")
DISCONTINUOUS = Text("discontinuous", "不连续")
SIMPLE = re.compile(r"[-\d/.,∞∪ (){}\[\]]{,15}")
PROPERTY = Text("| property | value |", "| 性质 | 值 |")
USE = Text("Use it as", "用法")
ALSO = Text("Also called", "别名")
REFERENCES = Text("References", "参考文献")
STEPS = Text("The derivative, step by step", "逐步求导")
SHOWN = Text(
    "{name}: value (line) and derivative (dashed) for z from -5 to 5",
    "{name}：z 从 -5 到 5 的函数值（实线）与导数（虚线）",
)
CONDITIONS = {
    "elementwise": Text("", ""),
    "vector": Text(
        "; the first of two components, the other one 0", "；两个分量中的第一个，另一个为 0"
    ),
    "gate": Text("; u = 1", "；u = 1"),
}
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|$~^])")


class CatalogueTable(SphinxDirective):
    """A table of each family; its argument is the language."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        language: Language = "zh" if self.arguments == ["zh"] else "en"
        return self.parse_text_to_nodes("\n".join(overview(language)))


class OneComponent:
    """A vector function or gate as a function of one number, for its picture."""

    def __init__(self, function: Activation) -> None:
        self.function = function
        self.gate = function.kind == "gate"

    def _rows(self, z: np.ndarray) -> np.ndarray:
        fixed = np.ones_like(z) if self.gate else np.zeros_like(z)
        return np.stack([fixed, z] if self.gate else [z, fixed], axis=-1)

    def __call__(self, z: Any) -> Any:
        return self.function(self._rows(np.asarray(z)))[..., 0]

    def derivative(self, z: Any) -> Any:
        slopes = self.function.derivative(self._rows(np.asarray(z)))
        return slopes[..., 1] if self.gate else slopes[..., 0, 0]


def overview(language: Language) -> list[str]:
    """Return the tables of all families in Markdown."""
    lines = []
    for family, records in groupby(CATALOGUE.values(), key=lambda record: record.family):
        lines += ["", f"**{FAMILIES[family].to(language)}**", ""]
        lines += [f"| {' | '.join(head.to(language) for head in HEADS)} |", "|---" * 6 + "|"]
        lines += [f"| {' | '.join(cells(record.name, language))} |" for record in records]
    return lines


def cells(name: str, language: Language) -> list[str]:
    function = activation(name)
    facts, year = function.facts, function.definition.year
    words = {
        "not monotonic": NO.to(language),
        "discontinuous": DISCONTINUOUS.to(language),
        None: UNDECIDED.to(language),
    }
    monotonic = "–" if "monotonic" in facts.not_applicable else facts.monotonic
    return [
        f"[`{name}`](catalogue/{name}.md)",
        brief(facts, "output_range", language),
        brief(facts, "derivative_range", language),
        words.get(monotonic, "–" if monotonic == "–" else YES.to(language)),
        words.get(facts.smoothness, facts.smoothness),
        str(year or "–"),
    ]


def brief(facts: Facts, field: str, language: Language) -> str:
    """Return a range, in decimals where the exact one is long or has constants in it."""
    if field in facts.not_applicable:
        return "–"
    found: Range = getattr(facts, field)
    if not found.known:
        return UNDECIDED.to(language)
    return plain(found.text if SIMPLE.fullmatch(found.text) else found.decimal)


def plain(text: str) -> str:
    """Return text in which Markdown sees nothing special."""
    return SPECIAL.sub(r"\\\1", text).replace("\n", "<br>")


def page(name: str, language: Language) -> str:
    """Return the page of one function."""
    function = activation(name)
    sheet, record = Sheet(function), function.definition
    separate = {text.to(language) for text in (STRENGTH, WEAKNESS, SOURCE)}
    rows = [row for row in sheet.rows(language) if row[0] not in separate]
    drawn = function if function.kind == "elementwise" else OneComponent(function)
    shown = SHOWN.to(language, name=name) + CONDITIONS[function.kind].to(language)
    colon = "：" if language == "zh" else ":"
    names = ", ".join(f"`{alias}`" for alias in record.aliases)
    also = f" {ALSO.to(language)}{colon} {names}." if names else ""
    title = record.title.to(language)
    lines = [
        f"# {title}" if name == title else f"# {title}{colon} `{name}`",
        "",
        f"{USE.to(language)}{colon} `{call(function)}`.{also}",
        "",
        f'<figure class="curve">{picture(drawn, shown, -5.0, 5.0)}'
        f"<figcaption>{escape(shown)}</figcaption></figure>",
        "",
    ]
    for formula in sheet.formulas:
        written = mathml(formula.expression, formula.mathml)
        lines += [f'<div class="formula">{written}</div>', ""]
    if sheet.note is not None:
        lines += [plain(sheet.note.to(language)), ""]
    for heading, text in ((STRENGTH, record.strength), (WEAKNESS, record.weakness)):
        lines += [f"**{heading.to(language)}{colon}** {plain(text.to(language))}", ""]
    for finding in sheet.findings:
        title, meaning = finding.title.to(language), finding.meaning.to(language)
        lines += [f"**{finding.code}{colon} {plain(title)}** {plain(meaning)}", ""]
    lines += [PROPERTY.to(language), "|---|---|"]
    lines += [f"| {plain(label)} | {plain(text)} |" for label, text in rows]
    steps = derivation(record, language)
    if steps:
        lines += ["", f"## {STEPS.to(language)}", ""]
        lines += [line for sentence, latex in steps for line in (sentence, "", f"$${latex}$$", "")]
    lines += ["", f"## {REFERENCES.to(language)}", ""]
    lines += [f"- {plain(reference)}" for reference in record.references]
    return "\n".join(lines) + "\n"


def call(function: Activation) -> str:
    given = "".join(f", {name}={value:.6g}" for name, value in function.parameters.items())
    return f'ogive.activation("{function.name}"{given})'


def write_pages(app: Sphinx) -> None:
    """Write every page that is not yet as it should be."""
    for language in LANGUAGES:
        folder = Path(app.srcdir, FOLDERS[language])
        folder.mkdir(parents=True, exist_ok=True)
        wanted = {f"{name}.md": page(name, language) for name in CATALOGUE}
        wanted[".gitignore"] = "*\n"
        for path in folder.iterdir():
            if path.name not in wanted:
                path.unlink()
        for name, text in wanted.items():
            path = folder / name
            if not path.exists() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("catalogue-table", CatalogueTable)
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
