"""Runs as they are listed and described."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text as Styled

from ogive.cli.progress import duration
from ogive.cli.screen import Screen, in_lines
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.comparison.store import RunSummary

__all__ = ["described", "plain", "print_runs"]

NONE_YET = Text(
    "There are no runs yet; 'ogive compare' makes them.", "还没有运行；“ogive compare”会产生运行。"
)
STATES = {
    "running": Text("going on", "进行中"),
    "paused": Text("unfinished", "未完成"),
    "finished": Text("finished", "已完成"),
}
STYLES = {"running": "cyan", "paused": "yellow", "finished": ""}
TITLES = {
    "run": Text("Run", "编号"),
    "when": Text("When", "时间"),
    "data": Text("Data", "数据"),
    "target": Text("Target", "目标列"),
    "compared": Text("Compared", "比较"),
    "fits": Text("Fits", "训练次数"),
    "state": Text("State", "状态"),
    "best": Text("Best", "最佳"),
}
TO_THE_RIGHT = ("run", "fits")
MAY_TAKE_LINES = ("data", "target", "compared", "best")
NOTHING = "–"
GAP = 2
NARROW = 100
LEAST = 8


def print_runs(runs: Sequence[RunSummary], best: Mapping[int, str | None], screen: Screen) -> None:
    """Print the list of runs.

    A narrow screen gets no targets, days of this year without it, and long names in lines.
    """
    if not runs:
        screen.say(NONE_YET)
        return
    from ogive.comparison.words.labels import shown_label

    language, room = screen.language, screen.out.width
    cells = {
        "run": [str(run.id) for run in runs],
        "when": _times([run.created for run in runs], narrow=room < NARROW),
        "data": [run.data_name or NOTHING for run in runs],
        "target": [run.target for run in runs],
        "compared": [compared(run).to(language) for run in runs],
        "fits": [_fits(run) for run in runs],
        "state": [STATES[run.state].to(language) for run in runs],
        "best": [shown_label(best[run.id] or NOTHING, language) for run in runs],
    }
    if room < NARROW:
        del cells["target"]
    titles = {name: TITLES[name].to(language) for name in cells}
    widths = {name: max(map(cell_len, [titles[name], *cells[name]])) for name in cells}
    surplus = sum(widths.values()) + GAP * (len(widths) - 1) - room
    mine = [name for name in MAY_TAKE_LINES if name in widths]
    while surplus > 0 and max(widths[name] for name in mine) > LEAST:
        widths[max(mine, key=widths.__getitem__)] -= 1
        surplus -= 1
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for name, title in titles.items():
        table.add_column(
            title,
            justify="right" if name in TO_THE_RIGHT else "left",
            width=widths[name],
            overflow="fold",
            header_style="bold",
        )
    for run, row in zip(runs, zip(*cells.values(), strict=True), strict=True):
        lines = (
            Styled(in_lines(cell, width)) for cell, width in zip(row, widths.values(), strict=True)
        )
        table.add_row(*lines, style=STYLES[run.state])
    screen.out.print(table)


def compared(run: RunSummary) -> Text:
    """Return what was varied and how many candidates there were."""
    from ogive.comparison.words.subjects import FACTOR_NAMES

    names = [FACTOR_NAMES[factor] for factor in run.settings["vary"]]
    n = len(run.labels)
    return Text(
        f"{' × '.join(name.en for name in names)} ({n})",
        f"{' × '.join(name.zh for name in names)}（{n}）",
    )


def described(run: RunSummary, language: Language) -> list[tuple[Text, str]]:
    """Return what is told of a run above its table, by name."""
    settings = run.settings
    splits = Text(
        f"{settings['n_splits']} folds × {run.n_repeats} repeat{'' if run.n_repeats == 1 else 's'}",
        f"{settings['n_splits']} 折 × {run.n_repeats} 次重复",
    )
    return [
        (Text("Run", "编号"), f"{run.id} ({STATES[run.state].to(language)})"),
        (Text("Begun", "开始"), _when(run.created)),
        (Text("Data", "数据"), run.data_name or NOTHING),
        (Text("Target", "目标列"), f"{run.target} ({_task(run.task).to(language)})"),
        (Text("Compared", "比较"), compared(run).to(language)),
        (Text("Splits", "划分"), splits.to(language)),
        (Text("Fits", "训练次数"), _fits(run)),
        (Text("Time", "用时"), duration(run.seconds, language)),
        (Text("Version", "版本"), f"ogive {run.version}"),
        (Text("Command", "命令"), run.command),
    ]


def plain(run: RunSummary, best: str | None) -> dict[str, Any]:
    """Return a run as plain data for JSON."""
    return {
        "run": run.id,
        "created": run.created.isoformat(),
        "updated": run.updated.isoformat(),
        "data": run.data_name,
        "target": run.target,
        "task": run.task,
        "vary": list(run.settings["vary"]),
        "candidates": list(run.labels),
        "state": run.state,
        "n_fits": run.n_fits,
        "n_planned": run.n_planned,
        "n_repeats": run.n_repeats,
        "seconds": run.seconds,
        "best": best,
        "stopped": None if run.stopped is None else dict(run.stopped),
        "version": run.version,
        "command": run.command,
    }


def _fits(run: RunSummary) -> str:
    return f"{run.n_fits}/{run.n_planned}"


def _task(task: str) -> Text:
    return Text(task, "分类" if task == "classification" else "回归")


def _times(times: Sequence[datetime], *, narrow: bool) -> list[str]:
    written = [_when(time) for time in times]
    this_year = _when(datetime.now(UTC))[:5]
    if narrow and all(one.startswith(this_year) for one in written):
        return [one.removeprefix(this_year) for one in written]
    return written


def _when(time: datetime) -> str:
    return time.astimezone().strftime("%Y-%m-%d %H:%M")
