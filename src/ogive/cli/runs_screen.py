"""Runs as they are listed and described."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text as Styled

from ogive.cli.progress import duration
from ogive.cli.screen import Screen
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
TITLES = (
    (Text("Run", "编号"), "right"),
    (Text("When", "时间"), "left"),
    (Text("Data", "数据"), "left"),
    (Text("Target", "目标列"), "left"),
    (Text("Compared", "比较"), "left"),
    (Text("Fits", "训练次数"), "right"),
    (Text("State", "状态"), "left"),
    (Text("Best", "最佳"), "left"),
)
NOTHING = "–"
LONGEST = 24


def print_runs(runs: Sequence[RunSummary], best: Mapping[int, str | None], screen: Screen) -> None:
    """Print the list of runs; on a narrow screen its cells go on in the next line."""
    if not runs:
        screen.say(NONE_YET)
        return
    language = screen.language
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for title, align in TITLES:
        short = title.en in ("Run", "When", "Fits", "State")
        table.add_column(
            title.to(language),
            justify="right" if align == "right" else "left",
            no_wrap=short,
            overflow="fold",
            header_style="bold",
        )
    for run in runs:
        cells = (
            str(run.id),
            _when(run.created),
            run.data_name or NOTHING,
            run.target,
            compared(run).to(language),
            _fits(run),
            STATES[run.state].to(language),
            best[run.id] or NOTHING,
        )
        table.add_row(*map(Styled, cells), style=STYLES[run.state])
    screen.out.print(table)


def compared(run: RunSummary) -> Text:
    """Return what was varied and how many candidates there were."""
    factors = [factor.replace("_", " ") for factor in run.settings["vary"]]
    n = len(run.labels)
    return Text(f"{' × '.join(factors)} ({n})", f"{' × '.join(factors)}（{n}）")


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


def _when(time: datetime) -> str:
    return time.astimezone().strftime("%Y-%m-%d %H:%M")
