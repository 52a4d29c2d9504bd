"""The table of a trial on a screen: columns give way before numbers wrap."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ogive.linear.summary.layout import pad, wrapped

__all__ = ["CHANGE", "CODES", "NUMBERS", "VERDICT", "table_lines"]

GAP = 2
CHANGE, FOR, SCORE, DIFFERENCE, VERDICT, GONE, NEW = range(7)
NUMBERS = (SCORE, DIFFERENCE)
CODES = (FOR, GONE, NEW)
# The sentences below the table say what these say.
FIRST_TO_GO = ((), (FOR,), (FOR, VERDICT), (FOR, VERDICT, SCORE))
NARROWEST_CHANGE, WIDEST_CHANGE = 20, 30


def table_lines(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Set the table in at most `width` cells, if that can be done.

    Changes and codes break into lines of their cell, numbers never. Where the width is too small,
    the column of changes gets narrower, then columns are left out.
    """
    for leaving in FIRST_TO_GO:
        columns = [j for j in range(len(header)) if j not in leaving]
        others = sum(GAP + _widest(header, rows, j) for j in columns if j != CHANGE)
        change = min(max(width - others, NARROWEST_CHANGE), WIDEST_CHANGE)
        if others + _widest(header, rows, CHANGE, change) <= width:
            break
    broken = [[_in_lines(row[j], j, change) for j in columns] for row in rows]
    heads = [_in_lines(header[j], j, change) for j in columns]
    widths = [
        max(cell_len(line) for row in [heads, *broken] for line in row[k])
        for k in range(len(columns))
    ]
    rule = "-" * (sum(widths) + GAP * (len(widths) - 1))
    body = [line for row in broken for line in _lines(row, columns, widths)]
    return [rule, *_lines(heads, columns, widths), rule, *body, rule]


def _widest(
    header: Sequence[str], rows: Sequence[Sequence[str]], column: int, change: int = 0
) -> int:
    cells = [header[column], *(row[column] for row in rows)]
    return max(cell_len(line) for cell in cells for line in _in_lines(cell, column, change))


def _in_lines(cell: str, column: int, change: int) -> list[str]:
    if column == CHANGE:
        return wrapped(cell, change) or [""]
    return cell.split(", ") if column in CODES else [cell]


def _lines(
    cells: Sequence[Sequence[str]], columns: Sequence[int], widths: Sequence[int]
) -> list[str]:
    height = max(map(len, cells))
    lines = []
    for k in range(height):
        parts = [
            pad(cell[k] if k < len(cell) else "", width, right=column in NUMBERS)
            for cell, column, width in zip(cells, columns, widths, strict=True)
        ]
        lines.append((" " * GAP).join(parts).rstrip())
    return lines
