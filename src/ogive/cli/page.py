"""A page of the documentation on the terminal: every cell of its tables whole, in both languages.

Rich's own Markdown breaks lines at blanks only, and cuts off Chinese cells that are too wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from ogive.cli.screen import styled_lines

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["column_widths", "longest_word", "print_page"]

_WORD = re.compile(r"[^\s\u2e80-\uffef]+")
GAP = 2
NARROWEST = 8
STYLES = {"code_inline": "cyan", "em": "italic", "strong": "bold"}


def print_page(text: str, console: Console) -> None:
    """Print Markdown: headings, paragraphs, lists, tables and examples."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for i, block in enumerate(_blocks(tokens, console.width)):
        if i:
            console.print()
        for line in block:
            line.no_wrap, line.overflow = True, "ignore"
            console.print(line, soft_wrap=True)


def _blocks(tokens: list[Token], width: int) -> Iterator[list[Styled]]:
    """Yield the lines of each block."""
    depth = 0
    items: list[Styled] = []
    rows: list[list[Styled]] = []
    heading = False
    for token in tokens:
        if token.type == "bullet_list_open":
            depth += 1
        elif token.type == "bullet_list_close":
            depth -= 1
            if depth == 0:
                yield items
                items = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield _table(rows, width)
            rows = []
        elif token.type == "heading_open":
            heading = True
        elif token.type == "fence":
            yield [Styled(f"  {line}", "dim") for line in token.content.rstrip().split("\n")]
        elif token.type == "inline":
            said = _inline(token)
            if heading:
                heading = False
                said.stylize("bold")
                yield styled_lines(said, width)
            elif rows:
                rows[-1].append(said)
            elif depth:
                items += _item(said, depth, width)
            else:
                yield styled_lines(said, width)


def _item(said: Styled, depth: int, width: int) -> list[Styled]:
    indent = "  " * depth
    lines = styled_lines(said, width - len(indent) - 2)
    marks = [f"{indent}• ", *[f"{indent}  "] * (len(lines) - 1)]
    return [Styled(mark) + line for mark, line in zip(marks, lines, strict=True)]


def _inline(token: Token) -> Styled:
    said = Styled()
    styles: list[str] = []
    for child in token.children or ():
        kind = child.type.removesuffix("_open").removesuffix("_close")
        if child.type.endswith("_open"):
            styles.append(STYLES.get(kind, ""))
        elif child.type.endswith("_close"):
            styles.pop()
        elif child.type == "softbreak":
            # Chinese is written without blanks between lines.
            said.append("" if said.plain[-1:] > "\u2e80" else " ")
        else:
            said.append(child.content, " ".join([*styles, STYLES.get(kind, "")]).strip())
    return said


def _table(rows: list[list[Styled]], width: int) -> list[Styled]:
    """Return a table whose cells are broken into lines until it fits."""
    for cell in rows[0]:
        cell.stylize("bold")
    columns = list(zip(*rows, strict=True))
    widths = column_widths(columns, width - GAP * (len(columns) - 1))
    lines: list[Styled] = []
    for i, row in enumerate(rows):
        cells = [styled_lines(cell, room) for cell, room in zip(row, widths, strict=True)]
        for k in range(max(map(len, cells))):
            line = Styled()
            for parts, room in zip(cells, widths, strict=True):
                part = parts[k] if k < len(parts) else Styled()
                line += part + " " * (room - part.cell_len + GAP)
            line.rstrip()
            lines.append(line)
        if i == 0:
            lines.append(Styled("─" * min(sum(widths) + GAP * (len(widths) - 1), width), "dim"))
    return lines


def column_widths(columns: list[Any], room: int, least: int = NARROWEST) -> list[int]:
    """Share the room out: whole words first, then as many cells to each as it takes, up to a level.

    Parameters
    ----------
    columns : list of sequences of rich.text.Text
        The cells of each column.
    room : int
        Cells of the screen for all of them.
    least : int
        The narrowest a column that needs more may be.
    """
    needed = [max(cell.cell_len for cell in column) for column in columns]
    words = [max(least, longest_word(column)) for column in columns]
    whole = [min(word, need) for word, need in zip(words, needed, strict=True)]
    if sum(whole) > room:
        return _up_to_a_level([0] * len(columns), whole, room)
    return _up_to_a_level(whole, needed, room)


def longest_word(column: Any) -> int:
    """Return the cells of the screen that the longest word of a column takes."""
    return max(
        (cell_len(word) for cell in column for word in _WORD.findall(cell.plain)),
        default=1,
    )


def _up_to_a_level(least: list[int], most: list[int], room: int) -> list[int]:
    """Return widths between two bounds, those in between all alike, that take the room at most."""
    widths = least
    for level in range(1, room + 1):
        found = [max(low, min(high, level)) for low, high in zip(least, most, strict=True)]
        if sum(found) > room:
            break
        widths = found
    return [max(width, 1) for width in widths]
