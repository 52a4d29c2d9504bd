"""Text made for a wide screen, fitted to a narrow one: narrower columns, shorter lines."""

from __future__ import annotations

import re
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text as Styled

from ogive.classification.showing import WIDTH
from ogive.cli.page import column_widths, longest_word
from ogive.cli.screen import in_lines, styled_lines

__all__ = ["fitted"]

_RULE = re.compile(r"\s*(-{8,}|={8,})\s*")
_FIRST = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef]")
_NOTE = re.compile(r"(\d+\. |- )")
GAP = 2


def fitted(text: str, width: int) -> str:
    """Return a text whose lines are at most `width` cells wide, if that can be done.

    Parameters
    ----------
    text : str
        Prose, notes that are numbered and indented, and tables whose header stands between two
        rules, with a third one below them.
    width : int
        Cells of a line.
    """
    lines = text.split("\n")
    if max(map(cell_len, lines)) <= width:
        return text
    out: list[str] = []
    at = 0
    while at < len(lines):
        rules = [i for i in range(at, len(lines)) if _RULE.fullmatch(lines[i])][:3]
        if rules[:1] == [at] and len(rules) == 3:
            header, body = lines[at + 1 : rules[1]], lines[rules[1] + 1 : rules[2]]
            out += _table(lines[at][0], header, body, width)
            at = rules[2] + 1
            continue
        line = lines[at]
        at += 1
        indent = " " * len(mark[0]) if (mark := _NOTE.match(line)) else ""
        last = line
        while at < len(lines) and _goes_on(last, lines[at], indent):
            last = lines[at]
            line = _joined(line, last.strip())
            at += 1
        broken = in_lines(line, width - len(indent)).split("\n") if line else [""]
        out += [broken[0], *(indent + one for one in broken[1:])]
    return "\n".join(out)


def _goes_on(line: str, following: str, indent: str) -> bool:
    """Whether a line goes on in the next: by its indent, or as no more of it had room."""
    if indent:
        return following.startswith(indent)
    if not following.strip() or following[0] in " -=" or _NOTE.match(following):
        return False
    first = _FIRST.match(following)
    return first is not None and cell_len(line) + 1 + cell_len(first[0]) > WIDTH


def _joined(line: str, following: str) -> str:
    """Join two lines, without a blank between Chinese characters."""
    chinese = min(line[-1:], following[:1]) > "\u2e80"
    return line + ("" if chinese else " ") + following


def _table(rule: str, header: list[str], body: list[str], width: int) -> list[str]:
    lines = [_spread(line) for line in (*header, *body)]
    longest = max(map(len, lines))
    if longest <= width:
        return [rule * longest, *header, rule * longest, *body, rule * longest]
    lines = [line + [" "] * (longest - len(line)) for line in lines]
    spans = _spans(lines)
    rows = [[Styled("".join(line[a:b]).strip()) for a, b in spans] for line in lines]
    columns = list(zip(*rows, strict=True))
    room = width - GAP * (len(spans) - 1)
    if sum(map(longest_word, columns)) > room:
        return _stacked(rows[0], rows[len(header) :], width)
    widths = column_widths(columns, room, least=1)
    to_right = [_ends_alike(lines, a, b) for a, b in spans]
    whole = min(sum(widths) + GAP * (len(widths) - 1), width)
    broken = [_row(row, widths, to_right) for row in rows]
    n = len(header)
    heads, cells = ([line for row in part for line in row] for part in (broken[:n], broken[n:]))
    return [rule * whole, *heads, rule * whole, *cells, rule * whole]


def _spread(line: str) -> list[str]:
    """Return a character for each cell of the screen; after a wide one an empty cell."""
    return [part for c in line for part in (c, *[""] * (cell_len(c) - 1))]


def _spans(lines: list[list[str]]) -> list[tuple[int, int]]:
    """Return where the columns start and end: two blank cells in all lines part them."""
    blank = [all(line[i] == " " for line in lines) for i in range(len(lines[0]))]
    spans: list[tuple[int, int]] = []
    for is_blank, run in groupby(range(len(blank)), key=blank.__getitem__):
        places = list(run)
        if is_blank:
            continue
        if spans and places[0] - spans[-1][1] < GAP:
            spans[-1] = (spans[-1][0], places[-1] + 1)
        else:
            spans.append((places[0], places[-1] + 1))
    return spans


def _ends_alike(lines: list[list[str]], start: int, end: int) -> bool:
    """Whether a column is set to the right."""
    filled = [line[start:end] for line in lines if "".join(line[start:end]).strip()]
    return all(one[-1] != " " for one in filled) and any(one[0] == " " for one in filled)


def _stacked(header: list[Styled], rows: list[list[Styled]], width: int) -> list[str]:
    """Return a paragraph a row, its first cell in front and the others by their columns' names."""
    out: list[str] = []
    for first, *others in rows:
        cells = [
            f"{name.plain}: {cell.plain}" if name.plain else cell.plain
            for name, cell in zip(header[1:], others, strict=True)
            if cell.plain
        ]
        lines = in_lines(f"{first.plain} – {'; '.join(cells)}", width - GAP).split("\n")
        out += [lines[0], *(" " * GAP + line for line in lines[1:])]
    return out


def _row(row: list[Styled], widths: list[int], to_right: list[bool]) -> list[str]:
    cells = [styled_lines(cell, room) for cell, room in zip(row, widths, strict=True)]
    lines = []
    for k in range(max(map(len, cells))):
        parts = []
        for cell, room, right in zip(cells, widths, to_right, strict=True):
            part = cell[k].plain if k < len(cell) else ""
            space = " " * (room - cell_len(part))
            parts.append(space + part if right else part + space)
        lines.append((" " * GAP).join(parts).rstrip())
    return lines
