"""``--resume``: a run in the store is taken up with the command line that began it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ogive.cli.help import OgiveCommand
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.comparison.store import RunSummary, Store

__all__ = ["CompareCommand", "TakenUp", "resumed_run"]

LATEST = "latest"
# What says how and where, not what is compared: it may be typed anew for a run that is taken up.
MAY_BE_TYPED = (
    *("resume", "store", "jobs", "scheduler", "report", "no_report", "json", "csv"),
    *("no_times", "track", "force", "quiet", "lang"),
)
OF_THIS_SITTING = ("resume", "store", "no_store", "force", "quiet", "lang")
INSTEAD = {"report": "no_report", "no_report": "report"}


class TakenUp(NamedTuple):
    """A run that is continued, and how it was begun."""

    run: RunSummary

    @property
    def folder(self) -> Path:
        """Where it was begun, which its data are named from."""
        return Path(self.run.arguments[0])

    @property
    def command(self) -> str:
        """The command line as it was typed."""
        return self.run.command

    @property
    def arguments(self) -> tuple[str, ...]:
        """The folder and the words of the command line."""
        return self.run.arguments


class CompareCommand(OgiveCommand):
    """``ogive compare``, whose arguments may be those of a run in the store."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, for ``--resume`` without DATA those that the run was begun with."""
        given = _with_value(args)
        parsed, _, _ = self.make_parser(ctx).parse_args(list(given))
        options = {name: value for name, value in parsed.items() if value}
        if options.get("resume") is not None:
            if not options.get("data"):
                given = self._recorded(ctx, options)
            elif options["resume"] != LATEST:
                number = options["resume"]
                raise InputError(
                    f"--resume {number} takes up run {number} with its own data; leave out DATA, "
                    "or leave out --resume: the same command continues by itself.",
                    f"--resume {number} 会使用运行 {number} 自己的数据；请去掉 DATA，"
                    "或去掉 --resume：同一命令会自动继续。",
                )
        return super().parse_args(ctx, given)

    def _recorded(self, ctx: Any, typed: dict[str, Any]) -> list[str]:
        """Return the arguments of the run, those typed now instead of or besides its own."""
        if typed.get("no_store"):
            raise InputError(
                "--resume continues what the store has kept; leave out --no-store.",
                "--resume 继续的是存储中保存的运行；请去掉 --no-store。",
            )
        names = {p.name: max(p.opts, key=len) for p in self.params}
        surplus = [names[name] for name in typed if name not in MAY_BE_TYPED]
        if surplus:
            raise InputError(
                f"--resume takes up a run as it was begun, and {surplus[0]} would change it; leave "
                f"{surplus[0]} out, or type the whole command to begin another run.",
                f"--resume 按原样继续一次运行，而 {surplus[0]} 会改变它；请去掉 {surplus[0]}，"
                "或输入完整命令开始新的运行。",
            )
        run = _run_wanted(typed.get("store"), typed["resume"])
        ctx.meta[__name__] = TakenUp(run)
        begun, _, _ = self.make_parser(ctx).parse_args(list(run.arguments[2:]))
        replaced = {*typed, *(INSTEAD[name] for name in typed if name in INSTEAD)}
        kept = {
            name: value
            for name, value in begun.items()
            if name not in OF_THIS_SITTING and name not in replaced
        }
        if "***" in (kept.get("track") or ""):
            raise InputError(
                f"The password of --track {kept['track']} was not kept with run {run.id}; type "
                "--track again, besides --resume.",
                f"运行 {run.id} 没有保存 --track {kept['track']} 的密码；"
                "请在 --resume 之外再次给出 --track。",
            )
        return self._written({**kept, **typed})

    def _written(self, values: dict[str, Any]) -> list[str]:
        """Return parameters as a command line."""
        words: list[str] = []
        data: list[str] = []
        for parameter in self.params:
            value = values.get(parameter.name)
            if value is None or value is False or value == ():
                continue
            if parameter.param_type_name == "argument":
                data += list(value)
                continue
            name = max(parameter.opts, key=len)
            if getattr(parameter, "is_flag", False):
                words.append(name)
            else:
                several = value if isinstance(value, list | tuple) else [value]
                words += [f"{name}={one}" for one in several]
        return [*words, "--", *data]


def resumed_run(context: Any) -> TakenUp | None:
    """Return the run that is taken up, if one is."""
    found: TakenUp | None = context.meta.get(__name__)
    return found


def _with_value(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a value after each ``--resume``, which it may stand without."""
    made: list[str] = []
    for i, argument in enumerate(arguments):
        following = arguments[i + 1] if i + 1 < len(arguments) else ""
        if argument == "--":
            return [*made, *arguments[i:]]
        bare = argument == "--resume" and not following.strip().lstrip("+-").isdigit()
        made.append(f"--resume={LATEST}" if bare else argument)
    return made


def _run_wanted(place: str | None, which: str) -> RunSummary:
    from ogive.cli.reading_store import store_to_read
    from ogive.cli.run_numbers import run_number, run_of

    with store_to_read(place) as store:
        run = _latest(store) if which == LATEST else run_of(store, run_number(which, "--resume"))
    if len(run.arguments) < 2 or run.arguments[1] != "compare":
        raise InputError(
            f"Run {run.id} was not begun on the command line; repeat the call that began it, with "
            f"the same store: {run.command}",
            f"运行 {run.id} 不是从命令行开始的；请使用同一存储，再次执行当时的调用：{run.command}",
        )
    return run


def _latest(store: Store) -> RunSummary:
    return _first_unfinished(store.runs())


def _first_unfinished(runs: Iterable[RunSummary]) -> RunSummary:
    run = next((run for run in runs if run.state == "paused" and run.arguments), None)
    if run is None:
        raise InputError(
            "There is no unfinished run to continue; 'ogive runs' lists those there are.",
            "没有未完成的运行可以继续；可用“ogive runs”查看已有的运行。",
        )
    return run
