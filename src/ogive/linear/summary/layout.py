"""Text set in columns, where Chinese characters are two cells wide."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

__all__ = ["pad", "shown_name", "side_by_side", "table", "wrapped"]

LONGEST_NAME = 32


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill up with spaces to so many cells, at the end, or at the start where `right`."""
    space = " " * max(width - cell_len(text), 0)
    return space + text if right else text + space


def shown_name(name: str) -> str:
    """Return a name on one line and not too long."""
    visible = "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
    if len(visible) <= LONGEST_NAME:
        return visible
    half = (LONGEST_NAME - 1) // 2
    return f"{visible[:half]}…{visible[-half:]}"


def side_by_side(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], width: int
) -> list[str]:
    """Set two lists of labels and values beside each other, values at the end of each half."""
    columns = [_column(left), _column(right)]
    gap = 4
    spare = width - sum(columns) - gap
    halves = [columns[0] + max(spare, 0) // 2, columns[1] + max(spare, 0) - max(spare, 0) // 2]
    lines = []
    for i in range(max(len(left), len(right))):
        parts = []
        for side, half in zip((left, right), halves, strict=True):
            label, value = side[i] if i < len(side) else ("", "")
            parts.append(label + pad(value, half - cell_len(label), right=True))
        lines.append((" " * gap).join(parts).rstrip())
    return lines


def _column(facts: Sequence[tuple[str, str]]) -> int:
    return max((cell_len(label) + 2 + cell_len(value) for label, value in facts), default=0)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int = 0) -> list[str]:
    """Set a table, its first column to the left and the others to the right.

    Parameters
    ----------
    header : sequence of str
    rows : sequence of sequence of str
    width : int, default=0
        Cells to spread it over; a table that needs more takes more.
    """
    widths = [max(cell_len(row[j]) for row in [header, *rows]) for j in range(len(header))]
    gaps = max(len(widths) - 1, 1)
    gap = max(2, min((width - sum(widths)) // gaps, 8))
    widths[0] += max(width - sum(widths) - gap * gaps, 0)
    lines = []
    for row in [header, *rows]:
        cells = [pad(row[0], widths[0])]
        cells += [
            pad(cell, size, right=True) for cell, size in zip(row[1:], widths[1:], strict=True)
        ]
        lines.append((" " * gap).join(cells).rstrip())
    return lines


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Break text into lines of at most so many cells; all but the first are indented.

    It breaks at spaces and between Chinese characters, but not before closing punctuation.
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Split into what must not be broken."""
    pieces: list[str] = []
    for c in text:
        joins = pieces and (
            c in "，。；：、）”！？ "
            or pieces[-1][-1] in "（“"
            or (cell_len(c) < 2 and cell_len(pieces[-1][-1]) < 2 and pieces[-1][-1] != " ")
        )
        if joins:
            pieces[-1] += c
        else:
            pieces.append(c)
    return pieces
