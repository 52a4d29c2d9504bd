"""``ogive runs``: the comparisons that the store has kept."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogive.cli.compare_options import Csv, NoTimes
from ogive.cli.comparison_outputs import REPORT_MARK, file_or_dash
from ogive.cli.comparison_screen import print_comparison
from ogive.cli.comparison_writing import say_report, write_text
from ogive.cli.files import check_output
from ogive.cli.help import OgiveCommand, OgiveGroup
from ogive.cli.language import both
from ogive.cli.options import Force, Lang, Quiet, option
from ogive.cli.reading_store import NoRunsYet, store_to_read
from ogive.cli.run_numbers import run_number, run_of
from ogive.cli.runs_screen import described, plain, print_runs
from ogive.cli.screen import Screen
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.comparison import Comparison
    from ogive.comparison.store import RunSummary, Store

__all__ = ["HELP", "runs"]

HELP = both(
    "List the comparisons that were kept, show them again, report, export or delete them.\n\n"
    "Without a command they are listed, the newest first.",
    "列出已保存的比较，再次查看、生成报告、导出或删除。\n\n不带命令时列出全部，最新的在前。",
)
SHOW = both(
    "Show a run: how it was made, its table and its verdict.",
    "查看一次运行：如何得到、结果表格与结论。",
)
REPORT_HELP = both("Write the HTML report of a run.", "写出一次运行的 HTML 报告。")
EXPORT = both(
    "Write the results of a run as JSON or CSV; without either, JSON on standard output.",
    "把一次运行的结果导出为 JSON 或 CSV；都不给时，以 JSON 写到标准输出。",
)
DELETE = both(
    "Delete runs; fits that other runs use, too, are kept.",
    "删除运行；其他运行也用到的训练结果会保留。",
)

Run = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help=both("The number of a run, as 'ogive runs' lists it.", "运行的编号，见“ogive runs”。"),
    ),
]
Runs = Annotated[
    list[str],
    typer.Argument(metavar="RUN…", help=both("The numbers of runs.", "各运行的编号。")),
]
Place = Annotated[
    str | None,
    option(
        "--store",
        "PATH|URL",
        "The store: an SQLite file or the URL of a database. "
        "[OGIVE_STORE, or a file in your data folder]",
        "存储：SQLite 文件或数据库 URL。 [OGIVE_STORE，或用户数据目录中的文件]",
    ),
]
ListAsJson = Annotated[bool, option("--json", "", "Print the list as JSON.", "以 JSON 输出列表。")]
ReportFile = Annotated[
    str | None,
    option(
        "--report",
        "FILE",
        "Where the report goes. [ogive-run-RUN.html]",
        "报告的位置。 [ogive-run-编号.html]",
    ),
]
JsonFile = Annotated[
    str | None,
    option(
        "--json",
        "FILE",
        "Write everything as JSON; - is standard output.",
        "把全部结果写成 JSON；- 表示标准输出。",
    ),
]
Yes = Annotated[bool, option("--yes -y", "", "Delete without asking.", "不再询问，直接删除。")]

runs = typer.Typer(cls=OgiveGroup, invoke_without_command=True, help=HELP)


@runs.callback()
def _list(
    context: typer.Context,
    store: Place = None,
    json: ListAsJson = False,
    lang: Lang = None,
) -> None:
    """List the runs where no command is given."""
    if context.invoked_subcommand is not None:
        if json:
            raise InputError(
                "--json before a command does nothing; it lists the runs where no command is "
                f"given. Give it after {context.invoked_subcommand!r}, if that takes it.",
                "命令之前的 --json 不起作用：它只用于列出运行。"
                f"如果“{context.invoked_subcommand}”支持它，请写在其后。",
            )
        return
    screen = Screen(context.obj.language)
    try:
        with _opened(context, store) as place:
            found = place.runs()
            best = {run.id: _best(place, run) for run in found}
    except NoRunsYet:
        found, best = [], {}
    if json:
        rows = [plain(run, best[run.id]) for run in found]
        text = json_format.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write(text + "\n")
    else:
        print_runs(found, best, screen)


@runs.command("show", cls=OgiveCommand, help=SHOW)
def show(
    context: typer.Context,
    run: Run,
    no_times: NoTimes = False,
    store: Place = None,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Show a run."""
    screen = Screen(context.obj.language, quiet=quiet)
    with _opened(context, store) as place:
        found = run_of(place, run_number(run))
        screen.facts(described(found, screen.language))
        screen.out.print()
        try:
            comparison = _rebuilt(place, found)
        except InputError as nothing_yet:
            screen.say(nothing_yet.text)
            return
    for notice in comparison.notices:
        screen.notice(notice)
    print_comparison(comparison, screen, screen.out, times=not no_times)


@runs.command("report", cls=OgiveCommand, help=REPORT_HELP)
def report(
    context: typer.Context,
    run: Run,
    report: ReportFile = None,
    store: Place = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Write the report of a run."""
    screen = Screen(context.obj.language)
    number = run_number(run)
    name = Path(f"ogive-run-{number}.html" if report is None else report)
    path = check_output(name, force=force, ours=REPORT_MARK if report is None else None)
    with _opened(context, store) as place:
        comparison = _rebuilt(place, run_of(place, number))
    comparison.report(path, language=screen.language)
    say_report(path, screen, screen.out)


@runs.command("export", cls=OgiveCommand, help=EXPORT)
def export(
    context: typer.Context,
    run: Run,
    json: JsonFile = None,
    csv: Csv = None,
    no_times: NoTimes = False,
    store: Place = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Write the results of a run as JSON or CSV."""
    if json == csv == "-":
        raise InputError(
            "--json - and --csv - cannot both be standard output; write one of them to a file.",
            "--json - 与 --csv - 不能同时写到标准输出；请把其中一个写入文件。",
        )
    as_json = "-" if json is None and csv is None else json
    places = file_or_dash(as_json, force=force), file_or_dash(csv, force=force)
    with _opened(context, store) as place:
        comparison = _rebuilt(place, run_of(place, run_number(run)))
    write_text(places[0], lambda: comparison.to_json(times=not no_times))
    write_text(places[1], lambda: comparison.to_csv(times=not no_times))


@runs.command("delete", cls=OgiveCommand, help=DELETE)
def delete(
    context: typer.Context,
    run: Runs,
    yes: Yes = False,
    store: Place = None,
    lang: Lang = None,
) -> None:
    """Delete runs."""
    screen = Screen(context.obj.language)
    numbers = list(dict.fromkeys(run_number(one) for one in run))
    with _opened(context, store) as place:
        found = [run_of(place, number) for number in numbers]
        going_on = [str(one.id) for one in found if one.state == "running"]
        if going_on:
            names = listed(going_on)
            raise InputError(
                f"Run {names.en} is going on; end it with Ctrl-C first.",
                f"运行 {names.zh} 正在进行；请先用 Ctrl-C 结束它。",
            )
        if not yes and not _agreed(found, screen):
            screen.say(Text("Nothing was deleted.", "没有删除任何运行。"))
            return
        place.delete(numbers)
    names = listed([str(number) for number in numbers])
    several = "s" if len(numbers) > 1 else ""
    screen.say(Text(f"Deleted run{several} {names.en}.", f"已删除运行 {names.zh}。"))


@contextmanager
def _opened(context: typer.Context, place: str | None) -> Iterator[Store]:
    """Give the store that the command names, or else the one named before the command."""
    before = context.parent.params.get("store") if context.parent is not None else None
    with store_to_read(before if place is None else place) as store:
        yield store


def _rebuilt(store: Store, run: RunSummary) -> Comparison:
    from ogive.comparison.store import rebuild

    return rebuild(store, run.id)


def _best(store: Store, run: RunSummary) -> str | None:
    """Return the candidate that is ahead, or None where no repeat is complete."""
    from ogive.comparison.store import rebuild

    try:
        return rebuild(store, run.id).best
    except InputError:
        return None


def _agreed(found: list[RunSummary], screen: Screen) -> bool:
    """Ask whether to delete, which only somebody at a terminal can answer."""
    names = listed([str(run.id) for run in found])
    if not sys.stdin.isatty():
        raise InputError(
            f"Deleting run {names.en} needs --yes where nobody can be asked.",
            f"在无法询问的环境中，删除运行 {names.zh} 需要加上 --yes。",
        )
    n_fits = sum(run.n_fits for run in found)
    question = Text(
        f"Delete run{'s' if len(found) > 1 else ''} {names.en} with {n_fits} fits? [y/N] ",
        f"删除运行 {names.zh}（共 {n_fits} 次训练）？[y/N] ",
    )
    screen.err.print(question.to(screen.language), end="", markup=False)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")
