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

from ogive.data.wording import listed
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.comparison import Comparison
    from ogive.comparison.across import Across
    from ogive.comparison.across.columns import AcrossColumn
    from ogive.comparison.words.columns import Column

    AnyColumn = Column | AcrossColumn

__all__ = ["print_table"]

GAP = 2
LONGEST_NAME = 24
STYLES = {"best": "bold green", "level": "", "worse": "dim"}
MARKS = {
    "worse": ("*", Text("* evidence of a difference to the best", "* 有证据表明与最佳者有差异")),
    "equivalent": ("≈", Text("≈ equivalent to the best in practice", "≈ 与最佳者实际等效")),
}
LEFT_OUT = Text(
    "There is no room for {n} more of the data sets: {names}.", "另有 {n} 个数据集放不下：{names}。"
)

NARROW_TITLES = {
    "difference": Text("Diff. to best [95%]", "与最佳 之差 [95%]"),
    "p_holm": Text("p (Holm)", "p (Holm)"),
    "p_equivalent": Text("W/E/B %", "差/等/好 %"),
    "seconds": Text("Sec. a fit", "每次 秒数"),
    "n_parameters": Text("Numb. learnt", "参数 个数"),
    "dead_share": Text("Dead units", "死亡 单元"),
    "saturated_share": Text("Sat. units", "饱和 单元"),
    "gradient_ratio": Text("Grad. first /last", "首/末层 梯度"),
    "n_diverged": Text("Div. fits", "发散 次数"),
}
NO_INTERVAL = Text("Diff. to best", "与最佳 之差")
INTERVAL = "interval"
MOST_TELLING_FIRST = (
    *("p_holm", INTERVAL, "p_equivalent", "n_diverged", "seconds", "n_parameters"),
    *("predict_seconds", "dead_share", "chosen", "epochs", "saturated_share", "gradient_ratio"),
)
NO_MARK = Text(
    "no * or ≈: evidence of neither a difference nor equivalence",
    "无 * 或 ≈：既无差异证据，也无等效证据",
)
MARKED = "marked difference"


class _Layout(NamedTuple):
    columns: list[AnyColumn]
    widths: list[int]


def print_table(
    result: Comparison | Across, console: Console, language: Language, *, times: bool = True
) -> None:
    """Print the table of a result, as much of it as the width has room for.

    A narrow terminal gets shorter titles; then columns are left out, first those that say least
    about the result: what the networks look like inside, then costs, last the intervals of the
    differences and their p-values, in whose place a star marks those for which there is evidence.

    Parameters
    ----------
    result : Comparison or Across
    console : Console
    language : {"en", "zh"}
    times : bool, default=True
        Whether columns of measured times may be shown.
    """
    from ogive.comparison.exporting import MEASURED

    rows: list[Any] = list(result.rows())
    given = [column for column in result.columns() if times or column.key not in MEASURED]
    columns, widths = _fitting(given, rows, language, console.width)
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
    if any(column.key == MARKED for column in columns):
        groups = {row.group for row in rows}
        meanings = [meaning for group, (_, meaning) in MARKS.items() if group in groups]
        for meaning in meanings or [NO_MARK]:
            console.print(Styled(meaning.to(language), "dim"))
    shown = {column.key for column in columns}
    away = [column for column in given if _of_data_set(column) and column.key not in shown]
    if away:
        names = listed([column.title.to(language) for column in away]).to(language)
        console.print(Styled(LEFT_OUT.to(language, n=len(away), names=names), "dim"))


def _fitting(columns: list[AnyColumn], rows: list[Any], language: Language, room: int) -> _Layout:
    """Return the columns that fit, and their widths."""
    layout = _layout(columns, rows, language, room)
    if layout is not None:
        return layout
    columns = [
        replace(column, title=NARROW_TITLES.get(column.key, column.title)) for column in columns
    ]
    data_sets = [column.key for column in columns if _of_data_set(column)]
    optional = [*data_sets[1:], *MOST_TELLING_FIRST]
    kept = {column.key for column in columns if column.key not in optional}
    chosen = _chosen(columns, kept)
    layout = _layout(chosen, rows, language, room)
    if layout is None:
        return _Layout(chosen, [_least(column, rows, language) for column in chosen])
    known = {INTERVAL, *(column.key for column in columns)}
    for key in ("p_holm", *data_sets[1:], *MOST_TELLING_FIRST[1:]):
        if key not in known:
            continue
        more = _layout(_chosen(columns, kept | {key}), rows, language, room)
        if more is not None:
            kept, layout = kept | {key}, more
        elif key not in ("p_holm", INTERVAL):
            break
    return layout


def _chosen(columns: list[AnyColumn], kept: set[str]) -> list[AnyColumn]:
    """Return the columns that are kept; marks stand in for p-values that are not."""
    if INTERVAL not in kept:
        columns = [_without_interval(column) for column in columns]
    if "p_holm" not in kept and any(column.key == "p_holm" for column in columns):
        columns = [_with_mark(column) for column in columns]
        kept = {*kept, MARKED}
    return [column for column in columns if column.key in kept]


def _layout(
    columns: list[AnyColumn], rows: list[Any], language: Language, room: int
) -> _Layout | None:
    """Return the widths of the columns, None if too wide; spare room goes to titles and names."""
    widths = [_least(column, rows, language) for column in columns]
    spare = room - sum(widths) - GAP * (len(widths) - 1)
    if spare < 0:
        return None
    titles = [cell_len(column.title.to(language)) for column in columns]
    names = [
        _longest(column, rows, language) if column.align == "left" else 0 for column in columns
    ]
    for wanted in (titles, names):
        for i, width in enumerate(wanted):
            more = min(spare, max(width - widths[i], 0))
            widths[i] += more
            spare -= more
    return _Layout(columns, widths)


def _least(column: AnyColumn, rows: list[Any], language: Language) -> int:
    """Return the width that wraps no number and breaks no word of the title."""
    cells = _longest(column, rows, language)
    if column.align == "left":
        cells = min(cells, LONGEST_NAME)
    return max(cells, *map(cell_len, _words(column.title.to(language))))


def _longest(column: AnyColumn, rows: list[Any], language: Language) -> int:
    return max(cell_len(column.write(row, language)) for row in rows)


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


def _of_data_set(column: AnyColumn) -> bool:
    return column.key.startswith("score ")


def _without_interval(column: AnyColumn) -> AnyColumn:
    if column.key != "difference":
        return column

    def write(row: Any, language: Language) -> str:
        return str(column.write(row, language)).split(" ")[0]

    return replace(column, title=NO_INTERVAL, write=write)


def _with_mark(column: AnyColumn) -> AnyColumn:
    """Return the column of differences with a mark at those that are told to be there or not."""
    if column.key != "difference":
        return column

    def write(row: Any, language: Language) -> str:
        mark, _ = MARKS.get(row.group, (" ", None))
        return f"{column.write(row, language)} {mark}"

    return replace(column, key=MARKED, write=write)
