"""Where a command prints: results on standard output, everything else on standard error."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from ogive.text import Language, Text

__all__ = ["Screen"]


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
        (on or self.out).print(Styled(text.to(self.language), style))

    def notice(self, text: Text) -> None:
        """Print a remark on standard error, unless quiet."""
        if not self.quiet:
            mark = Styled("· ", "yellow")
            self.err.print(mark.append(text.to(self.language), style="default"))

    def facts(self, facts: Sequence[tuple[Text, str]]) -> None:
        """Print names and values in two columns."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in facts:
            table.add_row(name.to(self.language), Styled(value))
        self.out.print(table)
