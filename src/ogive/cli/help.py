"""The kinds of command, and their help pages in the language of the run.

Help pages are laid out for the width of the terminal.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled
from typer.core import TyperCommand, TyperGroup

from ogive.cli.arguments import check_repeats, formulas_marked
from ogive.cli.language import Run, both, translated
from ogive.cli.screen import in_lines
from ogive.text import Language, Text, default_language

__all__ = ["FormulaCommand", "OgiveCommand", "OgiveGroup"]

GAP = 2
NARROWEST = 20
USAGE = Text("Usage: ", "用法：")
COMMANDS = Text("Commands", "命令")
ARGUMENTS = Text("Arguments", "参数")
OPTIONS = Text("Options", "选项")
REQUIRED = Text("[required]", "[必填]")

both("Show this message and exit.", "显示此帮助并退出。")


def _language(context: Any) -> Language:
    return context.obj.language if isinstance(context.obj, Run) else default_language()


class OgiveCommand(TyperCommand):
    """A command whose help page is in English or Chinese, and that loses no option's value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, none of them in vain."""
        check_repeats(self.make_parser(ctx).parse_args(list(args))[2])
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _write_help(self, ctx, formatter, [])


class FormulaCommand(OgiveCommand):
    """A command whose arguments may be formulas that begin with a minus."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, formulas among them."""
        return super().parse_args(ctx, formulas_marked(args, self.get_params(ctx)))


class OgiveGroup(TyperGroup):
    """The program itself, whose help page lists the commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        _write_help(
            self, ctx, formatter, [(name, command) for name, command in commands if command]
        )

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the commands in the order they were added."""
        return list(self.commands)


def _write_help(
    command: Any, context: Any, formatter: Any, commands: list[tuple[str, Any]]
) -> None:
    language = _language(context)
    parameters = [p for p in command.get_params(context) if not getattr(p, "hidden", False)]
    arguments = [p for p in parameters if p.param_type_name == "argument"]
    options = [p for p in parameters if p.param_type_name == "option"]
    words = [context.command_path, *(["COMMAND"] if commands else []), *map(_metavar, arguments)]
    words += [f"{p.opts[0]} {_metavar(p)}" for p in options if p.required]
    usage = Styled.assemble((USAGE.to(language), "bold"), f"{' '.join(words)} [OPTIONS]")
    paragraphs = translated(command.help or "", language).split("\n\n")
    first = max((len(_spelling(p)) for p in parameters), default=0)
    console = Console(highlight=False)
    width = console.width
    body: list[Any] = [
        usage,
        *(_wrapped(paragraph, width) for paragraph in paragraphs if paragraph),
    ]
    if commands:
        rows = [
            (name, translated(sub.help or "", language).split("\n\n")[0]) for name, sub in commands
        ]
        body.append(
            _section(COMMANDS.to(language), rows, max(len(name) for name, _ in rows), width)
        )
    if arguments:
        rows = [(_metavar(p), translated(p.help or "", language)) for p in arguments]
        body.append(_section(ARGUMENTS.to(language), rows, first, width))
    panel = ""
    panels: dict[str, list[tuple[str, str]]] = {}
    for option in options:
        if not commands:  # --help has no panel: it joins the last one
            panel = getattr(option, "rich_help_panel", None) or panel
        rows = panels.setdefault(translated(panel, language) or OPTIONS.to(language), [])
        rows.append((_spelling(option), _explanation(option, language)))
    body += [_section(title, rows, first, width) for title, rows in panels.items()]
    with console.capture() as capture:
        for i, block in enumerate(body):
            if i:
                console.print()
            console.print(block)
    formatter.write(capture.get().rstrip("\n"))


def _wrapped(text: str, width: int) -> Styled:
    """Return a text in lines, which Rich would break at the blanks around Latin words only."""
    return Styled("\n".join(in_lines(line, width) for line in text.split("\n")))


def _section(title: str, rows: list[tuple[str, str]], first: int, width: int) -> Group:
    room = max(width - 2 - GAP - max([first, *(len(spelling) for spelling, _ in rows)]), NARROWEST)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="cyan", no_wrap=True, min_width=first)
    table.add_column(overflow="fold")
    for spelling, explanation in rows:
        table.add_row(Styled(spelling), _wrapped(explanation, room))
    return Group(Styled(title, "bold"), Padding(table, (0, 0, 0, 2), expand=False))


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _metavar(parameter)
    if parameter.secondary_opts:  # a pair such as --early-stopping and --no-early-stopping
        return f"--[no-]{parameter.opts[0].removeprefix('--')}"
    joined = ", ".join(sorted(parameter.opts, key=len))
    return joined if parameter.is_flag else f"{joined} {_metavar(parameter)}"


def _explanation(parameter: Any, language: Language) -> str:
    text = translated(parameter.help or "", language)
    if parameter.required:
        return f"{text} {REQUIRED.to(language)}"
    default = parameter.default
    if isinstance(default, str) and default and not parameter.is_flag:
        return f"{text} [{default}]"
    return text
