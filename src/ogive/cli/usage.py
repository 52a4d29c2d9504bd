"""Words for a command line that Typer cannot parse, in one sentence and in both languages.

Typer's exceptions are known by their class names and attributes, as the classes themselves have
moved from Click into Typer.
"""

from __future__ import annotations

import re
from typing import Any

import typer

from ogive.data.wording import listed, nearest
from ogive.text import Text

__all__ = ["UsageError", "usage_sentence"]

UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def usage_sentence(error: Any, command: str) -> Text:
    """Return what is wrong with the command line, and what to do.

    Parameters
    ----------
    error : UsageError
        What Typer raised.
    command : str
        The command that was being parsed, or "".
    """
    kind = type(error).__name__
    program = f"ogive {command}".strip()
    see = Text(f"see '{program} --help'", f"请查看“{program} --help”")
    if kind == "NoSuchOption":
        return _unknown_option(error, see)
    if kind == "MissingParameter":
        return _missing(error.param, see)
    if kind == "BadOptionUsage":
        name = str(error.option_name).split(" / ")[-1]
        if "does not take" in error.message:
            return Text(
                f"Option {name} takes no value; {see.en}.", f"选项 {name} 不带值；{see.zh}。"
            )
        return Text(
            f"Option {name} needs a value after it; {see.en}.",
            f"选项 {name} 后面需要一个值；{see.zh}。",
        )
    if "No such command" in error.message:
        return _unknown_command(error, see)
    if "unexpected extra argument" in error.message:
        found = re.search(r"\((?!s\))(.*)\)", error.message)
        surplus = found.group(1) if found else ""
        return Text(
            f"Got more arguments than expected: {surplus}; {see.en}.",
            f"多出了参数：{surplus}；{see.zh}。",
        )
    if "Missing command" in error.message:
        return Text(f"No command is given; {see.en}.", f"没有给出命令；{see.zh}。")
    message = " ".join(error.format_message().split()).rstrip(".")
    return Text(f"{message}; {see.en}.", f"命令行有误（{message}）；{see.zh}。")


def _unknown_option(error: Any, see: Text) -> Text:
    name = error.option_name
    parameters = error.ctx.command.params if error.ctx is not None else []
    options = [option for parameter in parameters for option in parameter.opts]
    similar = nearest(name, options) if name.startswith("--") else None
    if similar is None:
        return Text(f"There is no option {name}; {see.en}.", f"没有选项 {name}；{see.zh}。")
    return Text(
        f"There is no option {name}; did you mean {similar}?",
        f"没有选项 {name}；您是不是要用 {similar}？",
    )


def _unknown_command(error: Any, see: Text) -> Text:
    found = re.search(r"'(.*?)'", error.message)
    name = found.group(1) if found else ""
    commands = list(error.ctx.command.commands)
    similar = nearest(name, commands)
    if similar is not None:
        return Text(
            f"There is no command {name!r}; did you mean '{error.ctx.command_path} {similar}'?",
            f"没有命令“{name}”；您是不是要用“{error.ctx.command_path} {similar}”？",
        )
    known = listed(commands)
    return Text(
        f"There is no command {name!r}; there are: {known.en}.",
        f"没有命令“{name}”；可用的命令有：{known.zh}。",
    )


def _missing(parameter: Any, see: Text) -> Text:
    if parameter.param_type_name == "argument":
        name = parameter.metavar or parameter.name.upper()
        return Text(f"The argument {name} is missing; {see.en}.", f"缺少参数 {name}；{see.zh}。")
    name = max(parameter.opts, key=len)
    return Text(f"The option {name} is missing; {see.en}.", f"缺少必需的选项 {name}；{see.zh}。")
