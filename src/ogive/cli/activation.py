"""``ogive activation``: everything about activation functions, on one sheet each."""

from __future__ import annotations

import json as json_format
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogive.cli.chosen_functions import chosen_functions
from ogive.cli.files import check_output, replacing
from ogive.cli.language import both
from ogive.cli.options import OUTPUT_PANEL, Force, Lang
from ogive.cli.progress import steps
from ogive.cli.screen import Screen
from ogive.cli.values import assignments, chosen, numbers, separated
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.activations import Activation

__all__ = ["HELP", "activation"]

HELP = both(
    "Show activation functions: formula, derivative, ranges, properties and curves.\n\n"
    "FUNCTION is a name from --list, or any formula in z such as 'z * sigmoid(beta * z)'. Several "
    "are shown over each other.",
    "介绍激活函数：公式、导数、值域、性质与曲线。\n\n"
    "FUNCTION 是 --list 所列的名称，或任意关于 z 的公式，例如 'z * sigmoid(beta * z)'。"
    "给出多个时，曲线画在同一张图上。",
)
FUNCTION_PANEL = both("Function", "函数")
LIST_PANEL = both("List of the catalogue", "目录")
SUBGRADIENTS = ("torch", "left", "right", "mean")
MOST_OVERLAID = 12
PLOTTED = Text("Chart: {path}", "图表：{path}")
DERIVING = Text("Deriving properties", "推导性质")
TWICE = Text("{name} is given more than once and shown once.", "{name} 给出了多次，只显示一次。")
NO_KINK = Text(
    "There is no kink, so --subgradient changes nothing.", "没有尖点，--subgradient 不起作用。"
)


def _filter(name: str, en: str, zh: str) -> Any:
    return typer.Option(f"--{name}/--no-{name}", help=both(en, zh), rich_help_panel=LIST_PANEL)


def activation(
    context: typer.Context,
    functions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FUNCTION…",
            help=both("Names or formulas.", "名称或公式。"),
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=X",
            help=both("Set a parameter (may be repeated).", "设定一个参数（可重复给出）。"),
            rich_help_panel=FUNCTION_PANEL,
        ),
    ] = None,
    subgradient: Annotated[
        str,
        typer.Option(
            "--subgradient",
            metavar="SIDE",
            help=both(
                "Derivative to use at a kink: torch (what PyTorch uses), left, right or mean.",
                "尖点处采用的导数：torch（同 PyTorch）、left（左）、right（右）或 mean（平均）。",
            ),
            rich_help_panel=FUNCTION_PANEL,
        ),
    ] = "torch",
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at",
            metavar="Z,…",
            help=both(
                "Show value and derivative there (may be repeated).",
                "给出这些 z 处的函数值与导数（可重复给出）。",
            ),
            rich_help_panel=FUNCTION_PANEL,
        ),
    ] = None,
    range_: Annotated[
        str,
        typer.Option(
            "--range",
            metavar="FROM,TO",
            help=both("The z's that curves cover.", "曲线的 z 范围。"),
            rich_help_panel=FUNCTION_PANEL,
        ),
    ] = "-5,5",
    race: Annotated[
        bool,
        typer.Option(
            "--race",
            help=both(
                "Count the steps of gradient descent down the curves; of the whole catalogue if no "
                "FUNCTION is given.",
                "统计沿曲线做梯度下降的步数；不给出 FUNCTION 时为整个目录。",
            ),
            rich_help_panel=FUNCTION_PANEL,
        ),
    ] = False,
    list_: Annotated[
        bool,
        typer.Option(
            "--list",
            help=both(
                "List the catalogue, or those of it that the options below let through.",
                "列出目录，或其中符合下列条件的函数。",
            ),
            rich_help_panel=LIST_PANEL,
        ),
    ] = False,
    bounded: Annotated[
        bool | None, _filter("bounded", "Values stay within bounds.", "函数值有界。")
    ] = None,
    monotone: Annotated[bool | None, _filter("monotone", "Never turns back.", "单调。")] = None,
    smooth: Annotated[
        bool | None, _filter("smooth", "Differentiable any number of times.", "无穷次可微。")
    ] = None,
    zero_centered: Annotated[
        bool | None,
        _filter("zero-centered", "Values lie evenly about 0.", "函数值以 0 为中心。"),
    ] = None,
    cheap: Annotated[
        bool | None,
        _filter("cheap", "Needs no exponential or the like.", "不需要指数等超越函数。"),
    ] = None,
    plot: Annotated[
        list[str] | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help=both(
                "Write a chart of value and derivative: .svg, .png or .html (may be repeated).",
                "把函数值与导数的图写成 .svg、.png 或 .html 文件（可重复给出）。",
            ),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
    json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=both("Print JSON instead.", "改为输出 JSON。"),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = False,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Show activation functions."""
    screen = Screen(context.obj.language)
    wanted = {
        "bounded": bounded,
        "monotone": monotone,
        "smooth": smooth,
        "zero_centered": zero_centered,
        "cheap": cheap,
    }
    listing = list_ or any(value is not None for value in wanted.values())
    names = _names(functions)
    ranged = getattr(context.get_parameter_source("range_"), "name", "DEFAULT") != "DEFAULT"
    _check_purpose(
        names,
        mode="--list" if listing else "--race" if race else "",
        clash=listing and race,
        sheet_only={"--plot": bool(plot), "--at": bool(at), "--range": ranged},
    )
    if ranged and json and not plot:
        raise InputError(
            "--range is for curves, and --json without --plot draws none; leave it out.",
            "--range 用于曲线，而只用 --json（没有 --plot）时不画曲线；请去掉它。",
        )
    chosen("--subgradient", subgradient, SUBGRADIENTS)
    lower, upper = _ends(range_)
    points = numbers("--at", at, or_infinite=True)
    paths = _checked_paths(plot or (), force=force)
    found = chosen_functions(names, assignments("--set", set_), subgradient)
    for twice in found.repeated:
        screen.notice(Text(*(text.format(name=twice) for text in TWICE)))
    functions_found = found.functions
    if paths:
        _check_drawable(functions_found)
    if not race:
        for function in steps(functions_found, DERIVING, screen.err, screen.language):
            _ = function.facts  # derived now, and kept
    if subgradient != "torch" and names and not any(f.facts.kinks for f in functions_found):
        screen.notice(NO_KINK)
    if listing:
        from ogive.cli.catalogue import show_list

        show_list(functions_found, wanted, screen, as_json=json)
    elif race:
        from ogive.cli.race import show_race

        show_race(functions_found, screen, as_json=json)
    else:
        from ogive.cli.sheet import print_sheets, sheet_records

        if json:
            _print_json(sheet_records(functions_found, points, screen.language))
        else:
            print_sheets(functions_found, points, (lower, upper), screen)
    for path in paths:
        _write_plot(functions_found, path, (lower, upper), screen)
        if not json:
            screen.say(Text(*(text.format(path=path) for text in PLOTTED)))


def _names(functions: list[str] | None) -> list[str]:
    if any(not text.strip(" ,") for text in functions or ()):
        raise InputError(
            "An empty FUNCTION is given; give a name or a formula in z, such as 'ogive activation "
            "tanh'.",
            "给出的 FUNCTION 是空的；请给出名称或关于 z 的公式，例如“ogive activation tanh”。",
        )
    names = separated(functions)
    for text in functions or ():
        if re.search(r"\d[,，]\d", text) and any(re.fullmatch(r"\d+", n) for n in names):
            pointed = re.sub(r"(\d)[,，](\d)", r"\1.\2", text)
            raise InputError(
                f"FUNCTION {text!r} has a comma within a number; write a point, as in {pointed!r}.",
                f"FUNCTION {text!r} 的数字中有逗号；请写小数点，例如 {pointed!r}。",
            )
    return names


def _check_purpose(
    names: list[str], *, mode: str, clash: bool, sheet_only: dict[str, bool]
) -> None:
    if not names and not mode:
        raise InputError(
            "Give the name of an activation function or a formula in z, such as "
            "'ogive activation tanh'; 'ogive activation --list' lists all names.",
            "请给出激活函数的名称或关于 z 的公式，例如“ogive activation tanh”；"
            "“ogive activation --list”列出全部名称。",
        )
    if clash:
        raise InputError(
            "--list and --race cannot be combined; choose one of them.",
            "--list 与 --race 不能同时使用；请选择其一。",
        )
    for option, given in sheet_only.items():
        if mode and given:
            raise InputError(
                f"{option} goes with a sheet, not with {mode}; leave one of them out.",
                f"{option} 用于函数介绍，不能与 {mode} 同时使用；请去掉其一。",
            )


def _ends(text: str) -> tuple[float, float]:
    ends = numbers("--range", [text])
    if len(ends) != 2 or not ends[0] < ends[1] or math.isinf(ends[1] - ends[0]):
        raise InputError(
            f"--range must be two numbers, the smaller one first, such as -5,5. "
            f"Got {text!r} instead.",
            f"--range 必须是两个数，小的在前，例如 -5,5；得到的却是“{text}”。",
        )
    return ends[0], ends[1]


def _checked_paths(given: Sequence[str], *, force: bool) -> list[Path]:
    paths = [_checked_path(Path(path), force=force) for path in given]
    twice = [path for path, count in Counter(map(Path.absolute, paths)).items() if count > 1]
    if twice:
        raise InputError(
            f"--plot names {twice[0].name} twice; give each file once.",
            f"--plot 两次给出了 {twice[0].name}；每个文件请只给出一次。",
        )
    return paths


def _checked_path(path: Path, *, force: bool) -> Path:
    from ogive.plots.writing import SUFFIXES

    if path.suffix.lower() not in SUFFIXES:
        known = listed(SUFFIXES)
        raise InputError(
            f"{path} cannot be written: the name must end in one of {known.en}.",
            f"无法写入 {path}：文件名须以 {known.zh} 之一结尾。",
        )
    return check_output(path, force=force)


def _check_drawable(functions: list[Activation]) -> None:
    for function in functions:
        if function.kind != "elementwise":
            raise InputError(
                f"{function.name} acts on a whole row at once and has no curve; leave it out of "
                "--plot.",
                f"{function.name} 一次作用于整行数据，没有曲线；请不要对它使用 --plot。",
            )
    if len(functions) > MOST_OVERLAID:
        raise InputError(
            f"{len(functions)} functions in one chart cannot be told apart; give at most "
            f"{MOST_OVERLAID}.",
            f"一张图中放 {len(functions)} 个函数无法分辨；请最多给出 {MOST_OVERLAID} 个。",
        )


def _write_plot(
    functions: list[Activation], path: Path, ends: tuple[float, float], screen: Screen
) -> None:
    from ogive.activations.sheet import label
    from ogive.plots.activation import activation_curves
    from ogive.plots.writing import write_chart

    lower, upper = ends
    chart = activation_curves(functions, lower=lower, upper=upper, language=screen.language)
    with replacing(path) as beside:
        title = ", ".join(map(label, functions))
        write_chart(chart, beside, title=title, language=screen.language)


def _print_json(records: list[dict[str, Any]]) -> None:
    text = json_format.dumps(records, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write(text + "\n")
