"""How a lecture's experiment is shown: text with bars, JSON, or a chart in a file."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.text import Text as Styled

from ogive.cli.files import check_output, replacing
from ogive.cli.narrow import fitted
from ogive.cli.screen import Screen
from ogive.data.wording import listed
from ogive.text import InputError, Text

__all__ = ["Bar", "checked_plots", "show"]

PLOTTED = Text("Chart: {path}", "图表：{path}")
WIDTH = 40
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Bar(NamedTuple):
    """One bar: its name, its length between 0 and 1, and the number beside it."""

    name: str
    length: float
    value: str


def checked_plots(given: Iterable[str] | None, *, force: bool) -> list[Path]:
    """Return the files that --plot names, each of them writable and of a known kind."""
    from ogive.plots.writing import SUFFIXES

    paths: list[Path] = []
    for text in given or ():
        path = Path(text)
        if path.suffix.lower() not in SUFFIXES:
            known = listed(SUFFIXES)
            raise InputError(
                f"{path} cannot be written: the name must end in one of {known.en}.",
                f"无法写入 {path}：文件名须以 {known.zh} 之一结尾。",
            )
        if path.absolute() in [other.absolute() for other in paths]:
            raise InputError(
                f"--plot names {path.name} twice; give each file once.",
                f"--plot 两次给出了 {path.name}；每个文件请只给出一次。",
            )
        paths.append(check_output(path, force=force))
    return paths


def show(
    result: Any,
    screen: Screen,
    *,
    as_json: bool,
    plots: Sequence[Path] = (),
    title: Text | None = None,
    bars: Sequence[Bar] = (),
) -> None:
    """Print a result, and write its chart.

    Parameters
    ----------
    result : object
        With ``text(language)``, and with ``to_dict()`` and ``plot(language)`` if these are asked.
    screen : Screen
    as_json : bool
    plots : sequence of Path
        Files to write the chart to.
    title : Text, optional
        What the bars show.
    bars : sequence of Bar
    """
    language = screen.language
    if as_json:
        text = json_format.dumps(result.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write(text + "\n")
    else:
        screen.out.print(Styled(fitted(result.text(language), screen.out.width)), soft_wrap=True)
        if bars:
            screen.out.print()
            if title is not None:
                screen.say(title, "bold")
            _print_bars(bars, screen)
    if plots:
        from ogive.plots.writing import write_chart

        chart = result.plot(language)
        for path in plots:
            with replacing(path) as beside:
                write_chart(chart, beside, title=_title(result, language), language=language)
            if not as_json:
                screen.say(Text(*(text.format(path=path) for text in PLOTTED)))


def _title(result: Any, language: Any) -> str:
    return str(result.title(language)) if hasattr(result, "title") else "Ogive"


def _print_bars(bars: Sequence[Bar], screen: Screen) -> None:
    names = max(cell_len(bar.name) for bar in bars)
    values = max(cell_len(bar.value) for bar in bars)
    room = max(min(WIDTH, screen.out.width - names - values - 4), 5)
    for bar in bars:
        eighths = round(8 * room * min(max(bar.length, 0.0), 1.0))
        drawn = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
        padded = " " * (names - cell_len(bar.name)) + bar.name
        line = Styled.assemble(
            (padded, "dim"), "  ", (drawn + " " * (room - cell_len(drawn)), "blue"),
            "  ", bar.value.rjust(values),
        )  # fmt: skip
        screen.out.print(line)
