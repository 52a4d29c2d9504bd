"""Where a command prints: results on standard output, everything else on standard error."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from ogive.text import Language, Text

__all__ = ["Screen", "in_lines", "styled_lines"]

MARK = "· "
_CLOSING = "，。；：！？、）”》"
# What a line is made of: blanks, a Latin word, or one Chinese character, with the punctuation that
# may not begin a line after it and that which may not end one before it.
_UNIT = re.compile(
    r"\s+|[（“《]*(?:[^\s（“《，。；：！？、）”》\u2e80-\uffef]+|[\u2e80-\uffef])[，。；：！？、）”》]*|."
)


def in_lines(text: str, width: int) -> str:
    """Return `text` in lines of at most `width` cells; Rich breaks Chinese at blanks only."""
    return "\n".join(text[start:end] for start, end in _line_ends(text, width))


def styled_lines(text: Styled, width: int) -> list[Styled]:
    """Return the lines of `in_lines` with their styles; parts that no line can hold are cut."""
    lines: list[Styled] = []
    for start, end in _line_ends(text.plain, width):
        line = text[start:end] if end > start else Styled()
        while line.cell_len > width > 1:
            at = next(i for i in range(len(line) + 1) if line[:i].cell_len > width) - 1
            if at > 1 and line.plain[at] in _CLOSING:
                at -= 1
            lines.append(line[:at])
            line = line[at:]
        lines.append(line)
    return lines


def _line_ends(text: str, width: int) -> list[tuple[int, int]]:
    """Return where each line starts and ends, blanks at both left out."""
    ends: list[tuple[int, int]] = []
    start = end = at = 0
    for unit in _UNIT.findall(text):
        after = at + len(unit)
        if unit.isspace():
            if start == at == end:
                start = end = after
        elif end > start and cell_len(text[start:after]) > width:
            ends.append((start, end))
            start, end = at, after
        else:
            end = after
        at = after
    return [*ends, (start, end)]


class Screen:
    """The two consoles of a run and its language.

    Parameters
    ----------
    language : {"en", "zh"}
        Language of what is printed.
    quiet : bool
        Print results only.
    """

    def __init__(self, language: Language, *, quiet: bool = False) -> None:
        self.language: Language = language
        self.quiet = quiet
        self.out = Console(highlight=False)
        self.err = Console(stderr=True, highlight=False)

    def say(self, text: Text, style: str = "", *, on: Console | None = None) -> None:
        """Print a sentence as a result."""
        console = on or self.out
        console.print(Styled(in_lines(text.to(self.language), console.width), style))

    def in_lines(self, text: str) -> str:
        """Return a text in lines that fit the screen."""
        return "\n".join(in_lines(line, self.out.width) for line in text.splitlines())

    def notice(self, text: Text) -> None:
        """Print a remark on standard error, unless quiet."""
        if not self.quiet:
            self.remark(text, on=self.err)

    def remark(self, text: Text, *, on: Console | None = None) -> None:
        """Print what has to be kept in mind with a result, quiet or not."""
        console = on or self.out
        lines = in_lines(text.to(self.language), console.width - len(MARK))
        indented = lines.replace("\n", "\n" + " " * len(MARK))
        console.print(Styled.assemble((MARK, "yellow"), indented))

    def facts(self, facts: Sequence[tuple[Text, str]]) -> None:
        """Print names and values in two columns."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in facts:
            table.add_row(name.to(self.language), Styled(value))
        self.out.print(table)
