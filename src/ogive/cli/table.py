"""The result table of a comparison on a terminal: columns give way before numbers wrap."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.comparison import Comparison
    from ogive.comparison.words.columns import Column

__all__ = ["print_table"]

GAP = 2
LONGEST_NAME = 24
STYLES = {"best": "bold green", "level": "", "worse": "dim"}
STAR = Text("* evidence of a difference to the best", "* 有证据表明与最佳者有差异")

NARROW_TITLES = {
    "difference": Text("Diff. to best", "与最佳 之差"),
    "p_holm": Text("p (Holm)", "p (Holm)"),
    "p_equivalent": Text("W/E/B %", "差/等/好 %"),
    "seconds": Text("Sec. a fit", "每次 秒数"),
    "n_parameters": Text("Numb. learnt", "参数 个数"),
    "dead_share": Text("Dead units", "死亡 单元"),
    "saturated_share": Text("Sat. units", "饱和 单元"),
    "gradient_ratio": Text("Grad. first /last", "首/末层 梯度"),
    "n_diverged": Text("Div. fits", "发散 次数"),
}
FIRST_TO_GO = (
    "p_equivalent",
    "chosen",
    "n_parameters",
    "predict_seconds",
    "p_holm",
    "seconds",
    "saturated_share",
    "gradient_ratio",
)


class _Layout(NamedTuple):
    columns: list[Column]
    widths: list[int]


def print_table(comparison: Comparison, console: Console, language: Language) -> None:
    """Print the table of a comparison, as much of it as the width has room for.

    A narrow terminal gets shorter titles and differences without their interval; then columns
    are left out, the least telling first. Without p-values a star marks the differences for
    which there is evidence.
    """
    rows = comparison.rows()
    columns, widths = _fitting(list(comparison.columns()), rows, language, console.width)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            _wrapped(column.title.to(language), width),
            justify=column.align,
            width=width,
            overflow="fold",
            vertical="bottom",
            header_style="bold",
        )
    for row in rows:
        cells = (Styled(column.write(row, language)) for column in columns)
        table.add_row(*cells, style=STYLES.get(row.group, ""))
    console.print(table)
    starred = any(column.write is _starred for column in columns)
    if starred and any(row.group == "worse" for row in rows):
        console.print(Styled(STAR.to(language), "dim"))


def _fitting(columns: list[Column], rows: list[Any], language: Language, room: int) -> _Layout:
    """Return the columns that fit, and their widths."""
    layout = _layout(columns, rows, language, room)
    if layout is not None:
        return layout
    columns = [
        replace(column, title=NARROW_TITLES.get(column.key, column.title)) for column in columns
    ]
    for leaving in (None, *FIRST_TO_GO):
        columns = [column for column in columns if column.key != leaving]
        if leaving == "p_holm":
            columns = [_with_star(column) for column in columns]
        for candidate in (columns, [_without_interval(column) for column in columns]):
            layout = _layout(candidate, rows, language, room)
            if layout is not None:
                return layout
    return _Layout(candidate, [_least(column, rows, language) for column in candidate])


def _layout(
    columns: list[Column], rows: list[Any], language: Language, room: int
) -> _Layout | None:
    """Return the widths of the columns, with wide titles where there is room; None if too wide."""
    widths = [_least(column, rows, language) for column in columns]
    spare = room - sum(widths) - GAP * (len(widths) - 1)
    if spare < 0:
        return None
    for i, column in enumerate(columns):
        more = min(spare, max(cell_len(column.title.to(language)) - widths[i], 0))
        widths[i] += more
        spare -= more
    return _Layout(columns, widths)


def _least(column: Column, rows: list[Any], language: Language) -> int:
    """Return the width that wraps no number and breaks no word of the title."""
    cells = max(cell_len(column.write(row, language)) for row in rows)
    if column.align == "left":
        cells = min(cells, LONGEST_NAME)
    return max(cells, *map(cell_len, _words(column.title.to(language))))


def _words(title: str) -> list[str]:
    """Return the parts of a title between which a line may end."""
    return re.findall(r"± 95 ?%|\[95 ?%\]|\S+", title)


def _wrapped(title: str, width: int) -> str:
    """Return the title in lines of at most `width`; Chinese words need no space between them."""
    lines = [""]
    for word in _words(title):
        chinese = lines[-1][-1:] >= "\u2e80" and word >= "\u2e80"
        joined = lines[-1] + ("" if chinese or not lines[-1] else " ") + word
        if lines[-1] and cell_len(joined) > width:
            lines.append(word)
        else:
            lines[-1] = joined
    return "\n".join(lines)


def _without_interval(column: Column) -> Column:
    if column.key != "difference" or column.write is _starred:
        return column
    return replace(column, write=_plain_difference)


def _with_star(column: Column) -> Column:
    return replace(column, write=_starred) if column.key == "difference" else column


def _plain_difference(row: Any, _: Language) -> str:
    from ogive.comparison.words import formats

    return formats.NOTHING if row.group == "best" else formats.difference(row.difference)


def _starred(row: Any, language: Language) -> str:
    return f"{_plain_difference(row, language)} {'*' if row.group == 'worse' else ' '}"
