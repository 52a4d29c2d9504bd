"""Curves drawn in characters: one finely in Braille dots, others by a mark of their own.

What tells them apart is the shape of the marks, so that a pipe or a terminal without colours
loses nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text as Styled

if TYPE_CHECKING:
    from ogive.activations.sheet.sampling import Curve

__all__ = ["AXES", "FINE", "PLAIN", "PLAIN_AXES", "Line", "draw", "ticks"]

FINE = "braille"
AXES = "─│┼"
# What stands in for these where the encoding has none.
PLAIN, PLAIN_AXES = "*", "-|+"
# Bits of a Braille character, by column and row of its 2 × 4 dots.
BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_Grid = dict[tuple[int, int], int]


class Line(NamedTuple):
    """A curve, the character that draws it (or `FINE`), and its style."""

    curve: Curve
    mark: str
    style: str = ""


def draw(
    lines: Sequence[Line],
    *,
    ends: tuple[float, float],
    view: tuple[float, float],
    width: int,
    height: int = 15,
    axes: str = AXES,
) -> Styled:
    """Draw curves over both axes, with numbers at the edges.

    Parameters
    ----------
    lines : sequence of Line
        Where several meet in one cell they take turns from column to column.
    ends, view : tuple of two floats
        The lowest and the highest z and value shown.
    width, height : int
        Size in characters: width with the numbers on the left, height without those below.
    axes : str
        The horizontal axis, the vertical one, and where they cross.

    Returns
    -------
    rich.text.Text
        ``height + 1`` lines.
    """
    labels = {_row(value, view, height): _number(value) for value in ticks(*view, height // 3)}
    margin = max((len(label) for label in labels.values()), default=0)
    columns = max(width - margin - 2, 8)
    grids = [_raster(line, ends, view, columns, height) for line in lines]
    drawn = Styled(no_wrap=True)
    zero_row = _row(0.0, view, height) if view[0] <= 0 <= view[1] else None
    zero_column = _column(0.0, ends, columns) if ends[0] <= 0 <= ends[1] else None
    for row in range(height):
        cells = [(f"{labels.get(row, ''):>{margin}} ", "dim")]
        for column in range(columns):
            here = [i for i, grid in enumerate(grids) if (row, column) in grid]
            if here:
                i = here[column % len(here)]
                line, dots = lines[i], grids[i][row, column]
                mark = chr(0x2800 + dots) if line.mark == FINE else line.mark
                cells.append((mark, line.style))
            else:
                cells.append((_axis(axes, row == zero_row, column == zero_column), "dim"))
        for style, run in groupby(cells, key=itemgetter(1)):
            drawn.append("".join(text for text, _ in run), style)
        drawn.append("\n")
    return drawn.append(" " * (margin + 1) + _below(ends, columns), "dim")


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers from `low` to `high`, at least two and at most about `most`."""
    span = high - low
    for exponent in range(math.floor(math.log10(span)) - 2, math.ceil(math.log10(span)) + 1):
        for mantissa in (1, 2, 5):
            step = mantissa * 10.0**exponent
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
            if last - first + 1 <= max(most, 2):
                return [float(f"{k * step:.12g}") for k in range(first, last + 1)]
    return []


def _number(value: float) -> str:
    return f"{value:g}"


def _row(value: float, view: tuple[float, float], height: int) -> int:
    share = (view[1] - value) / (view[1] - view[0])
    return min(max(int(share * height), 0), height - 1)


def _column(z: float, ends: tuple[float, float], columns: int) -> int:
    share = (z - ends[0]) / (ends[1] - ends[0])
    return min(max(int(share * columns), 0), columns - 1)


def _axis(axes: str, on_row: bool, on_column: bool) -> str:
    if on_row and on_column:
        return axes[2]
    return axes[0] if on_row else axes[1] if on_column else " "


def _below(ends: tuple[float, float], columns: int) -> str:
    text = [" "] * columns
    for z in ticks(*ends, max(columns // 5, 2)):
        label = _number(z)
        middle = _column(z, ends, columns)
        start = min(max(middle - len(label) // 2, 0), columns - len(label))
        if not "".join(text[max(start - 1, 0) : start + len(label) + 1]).strip():
            text[start : start + len(label)] = label
    return "".join(text).rstrip()


def _raster(
    line: Line, ends: tuple[float, float], view: tuple[float, float], columns: int, height: int
) -> _Grid:
    """Return the cells that the line passes through, with the Braille dots set in each."""
    across, down = (2, 4) if line.mark == FINE else (1, 1)
    wide, high = columns * across, height * down
    cells: _Grid = {}
    for x, y in _passed(line.curve, ends, view, wide, high):
        if 0 <= y < high:
            cell = (y // down, x // across)
            bit = BITS[x % across][y % down] if line.mark == FINE else 1
            cells[cell] = cells.get(cell, 0) | bit
    return cells


def _passed(
    curve: Curve, ends: tuple[float, float], view: tuple[float, float], wide: int, high: int
) -> Iterator[tuple[int, int]]:
    """Yield the places of a finer or coarser grid on the line, those out of view as well."""
    for piece in curve.pieces:
        xs = (piece.z - ends[0]) / (ends[1] - ends[0]) * wide
        ys = (view[1] - piece.y) / (view[1] - view[0]) * high
        before: tuple[int, int] | None = None
        for x_exact, y_exact in zip(xs.tolist(), ys.tolist(), strict=True):
            x = min(max(int(x_exact), 0), wide - 1)
            # The lowest value lies on the lower edge of the last row, and belongs to it.
            y = math.floor(min(max(y_exact, -1.0), high + 1.0) - (1e-9 if y_exact > 0 else 0.0))
            if before is None or (x, y) == before:
                yield x, y
            else:
                yield from _between(before, (x, y))
            before = (x, y)


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    (x0, y0), (x1, y1) = start, end
    steps = max(abs(x1 - x0), abs(y1 - y0))
    for k in range(1, steps + 1):
        yield round(x0 + (x1 - x0) * k / steps), round(y0 + (y1 - y0) * k / steps)
