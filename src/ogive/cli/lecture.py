"""``ogive lecture``: the lecture's worked examples and experiments, topic by topic.

A topic is one function below, added by `_topic`; the list of topics and the help pages follow.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any

import typer

from ogive.cli.chosen_functions import chosen_functions
from ogive.cli.help import OgiveCommand, OgiveGroup
from ogive.cli.language import both, translated
from ogive.cli.lecture_output import Bar, checked_plots, show
from ogive.cli.options import NETWORK_PANEL, Force, Lang, Quiet, Seed, option
from ogive.cli.progress import fits_progress, stages, steps
from ogive.cli.screen import Screen
from ogive.cli.values import assignments, layer_sizes, numbers, positive_number, separated, whole
from ogive.text import Text

__all__ = ["HELP", "lecture"]

HELP = both(
    "The lecture's worked examples and experiments, recomputed in real networks.",
    "课程中的例题与实验，用真实的网络重新计算。",
)
EXPERIMENT_PANEL = both("Experiment", "实验")
TOPICS = Text("Topics of 'ogive lecture':", "“ogive lecture”的主题：")
MORE = Text(
    "'ogive lecture TOPIC --help' shows a topic's options. 'ogive activation NAME' shows a curve "
    "with its derivative, 'ogive lab' all of the lecture in the browser.",
    "“ogive lecture 主题 --help”显示该主题的选项。“ogive activation 名称”显示函数及其导数的曲线，"
    "“ogive lab”在浏览器中展示课程的全部内容。",
)
RACERS = ("sigmoid", "tanh", "relu", "leaky_relu", "softplus", "elu")
"""The functions that the lecture is about."""
DRAWING = Text("Drawing networks", "生成网络")
SURVEYING = Text("Measuring activations", "测量各激活函数")

lecture = typer.Typer(cls=OgiveGroup, invoke_without_command=True, help=HELP)


@lecture.callback()
def _topics(context: typer.Context, lang: Lang = None) -> None:
    """List the topics where none is given."""
    if context.invoked_subcommand is not None:
        return
    screen = Screen(context.obj.language)
    screen.say(TOPICS, "bold")
    group: Any = context.command
    screen.facts(
        [
            (Text(name, name), translated(command.help, screen.language).split("\n\n")[0])
            for name, command in group.commands.items()
        ]
    )
    screen.out.print()
    screen.say(MORE)


def _topic(name: str, en: str, zh: str) -> Callable[[Any], Any]:
    return lecture.command(name, cls=OgiveCommand, help=both(en, zh))


def _option(spelling: str, metavar: str, en: str, zh: str, panel: str = EXPERIMENT_PANEL) -> Any:
    return option(spelling, metavar, en, zh, panel)


Json = Annotated[bool, option("--json", "", "Print JSON instead.", "改为输出 JSON。")]
Plot = Annotated[
    list[str] | None,
    option(
        "--plot",
        "FILE",
        "Write a chart: .svg, .png or .html (may be repeated).",
        "把图表写成 .svg、.png 或 .html 文件（可重复给出）。",
    ),
]
Set = Annotated[
    list[str] | None,
    _option(
        "--set",
        "NAME=X",
        "Set a parameter of the functions (may be repeated).",
        "设定函数的一个参数（可重复给出）。",
    ),
]
Depth = Annotated[str, _option("--depth", "N", "Hidden layers.", "隐藏层数。", NETWORK_PANEL)]
Width = Annotated[
    str, _option("--width", "N", "Units in each layer.", "每层的单元数。", NETWORK_PANEL)
]
Init = Annotated[
    str,
    _option(
        "--init",
        "SCHEME",
        "Initialisation: glorot_uniform, he_uniform, lecun_normal, …, or auto for what suits.",
        "初始化方法：glorot_uniform、he_uniform、lecun_normal 等，auto 表示与函数相配的方法。",
        NETWORK_PANEL,
    ),
]
Networks = Annotated[
    str,
    _option("--networks", "N", "Networks drawn or trained.", "生成或训练的网络数。", NETWORK_PANEL),
]


@_topic(
    "gradient-by-depth",
    "How much of the gradient is left after many layers, beside 0.25^n and mean-field theory.",
    "梯度经过多层之后还剩多少，与 0.25^n 和平均场理论对照。",
)
def gradient_by_depth(
    context: typer.Context,
    activation: Annotated[
        list[str] | None,
        _option(
            "--activation",
            "FUNCTION",
            "A name or formula (may be repeated); all compares the whole catalogue. [sigmoid]",
            "名称或公式（可重复给出）；all 表示比较整个目录。[sigmoid]",
        ),
    ] = None,
    set_: Set = None,
    depth: Depth = "20",
    width: Width = "100",
    init: Init = "glorot_uniform",
    networks: Networks = "10",
    seed: Seed = "0",
    plot: Plot = None,
    json: Json = False,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Measure the gradient by layer before training."""
    from ogive.lecture import GradientTable
    from ogive.lecture import gradient_by_depth as measure

    screen = Screen(context.obj.language, quiet=quiet)
    names = separated(activation, "--activation") or ["sigmoid"]
    names = [] if names == ["all"] else names  # none stands for the whole catalogue
    functions = chosen_functions(names, assignments("--set", set_), "torch").functions
    settings: dict[str, Any] = {
        "width": whole("--width", width, 2),
        "init": init,
        "n_seeds": whole("--networks", networks, 1),
        "random_state": whole("--seed", seed, 0),
    }
    layers = whole("--depth", depth, 1)
    paths = checked_plots(plot, force=force)
    if len(functions) > 1:
        turns: Any = functions
        if not quiet:
            turns = steps(functions, SURVEYING, screen.err, screen.language)
        table = GradientTable(tuple(measure(one, layers, **settings) for one in turns))
        show(table, screen, as_json=json, plots=paths)
        return
    with stages(screen.err, screen.language, quiet=quiet) as say:
        say(DRAWING)
        result = measure(functions[0], layers, **settings)
    title = Text("Gradient left, on a logarithmic scale", "剩下的梯度（对数刻度）")
    show(result, screen, as_json=json, plots=paths, title=title, bars=_log_bars(result))


def _log_bars(result: Any) -> list[Bar]:
    shares = [float(share) for share in result.measured]
    logs = [math.log10(share) for share in shares if 0 < share < math.inf]
    if not logs:
        return []
    low, high = min([*logs, -1.0]) * 1.02, max([*logs, 0.0])
    return [
        Bar(
            str(layer),
            (math.log10(share) - low) / (high - low) if 0 < share < math.inf else 0.0,
            f"{share:.1e}",
        )
        for layer, share in reversed(list(zip(result.layer, shares, strict=True)))
    ]


@_topic(
    "kill-relus",
    "How a step that is too large kills ReLUs, counted after every epoch.",
    "过大的步长如何使 ReLU 死亡，逐轮计数。",
)
def kill_relus(
    context: typer.Context,
    learning_rate: Annotated[
        str, _option("--learning-rate", "X", "The step that is too large.", "过大的步长。")
    ] = "0.3",
    sensible: Annotated[
        str, _option("--sensible", "X", "The sensible step beside it.", "作为对照的合理步长。")
    ] = "0.02",
    beside: Annotated[
        str,
        _option(
            "--beside",
            "FUNCTION",
            "The activation beside ReLU, trained with the large step.",
            "与 ReLU 对照的激活函数，同样用大步长训练。",
        ),
    ] = "leaky_relu",
    hidden_layer_sizes: Annotated[
        str,
        _option(
            "--hidden-layer-sizes", "N,N,…", "Units in each hidden layer.", "各隐藏层的单元数。",
            NETWORK_PANEL,
        ),
    ] = "64,64",
    epochs: Annotated[
        str, _option("--epochs", "N", "Epochs of training.", "训练的轮数。", NETWORK_PANEL)
    ] = "10",
    networks: Networks = "5",
    seed: Seed = "0",
    plot: Plot = None,
    json: Json = False,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Train with a step that is too large and count the dead units."""
    from ogive.lecture import kill_relus as train

    screen = Screen(context.obj.language, quiet=quiet)
    settings: dict[str, Any] = {
        "learning_rate": positive_number("--learning-rate", learning_rate),
        "sensible": positive_number("--sensible", sensible),
        "beside": beside,
        "hidden_layer_sizes": layer_sizes("--hidden-layer-sizes", hidden_layer_sizes),
        "n_epochs": whole("--epochs", epochs, 1),
        "n_seeds": whole("--networks", networks, 1),
        "random_state": whole("--seed", seed, 0),
    }
    paths = checked_plots(plot, force=force)
    with fits_progress(screen.err, screen.language, quiet=quiet) as report:
        result = train(**settings, progress=lambda done, total: report(done, total, "train"))
    shares = [(run.label, float(run.dead[:, -1].mean())) for run in result.runs]
    bars = [Bar(label, share, f"{share:.0%}") for label, share in shares]
    title = Text("Dead units in the end", "最后死亡的单元")
    show(result, screen, as_json=json, plots=paths, title=title, bars=bars)


@_topic(
    "relu-sparsity",
    "How many ReLUs are active before training: about half.",
    "训练前有多少 ReLU 处于激活状态：约一半。",
)
def relu_sparsity(
    context: typer.Context,
    depth: Depth = "5",
    width: Width = "100",
    init: Init = "glorot_uniform",
    networks: Networks = "20",
    seed: Seed = "0",
    plot: Plot = None,
    json: Json = False,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Count active units before training."""
    from ogive.lecture import relu_sparsity as count

    screen = Screen(context.obj.language, quiet=quiet)
    settings: dict[str, Any] = {
        "depth": whole("--depth", depth, 1),
        "width": whole("--width", width, 1),
        "init": init,
        "n_seeds": whole("--networks", networks, 1),
        "random_state": whole("--seed", seed, 0),
    }
    paths = checked_plots(plot, force=force)
    with stages(screen.err, screen.language, quiet=quiet) as say:
        say(DRAWING)
        result = count(**settings)
    means = result.active.mean(axis=0)
    bars = [Bar(str(i + 1), float(share), f"{share:.1%}") for i, share in enumerate(means)]
    title = Text("Active units by layer", "各层激活的单元")
    show(result, screen, as_json=json, plots=paths, title=title, bars=bars)


@_topic(
    "mean-shift",
    "How the mean of the data moves from layer to layer: sigmoid 0 to 0.5, tanh stays at 0.",
    "数据的均值如何逐层移动：sigmoid 从 0 到 0.5，tanh 保持在 0。",
)
def mean_shift(
    context: typer.Context,
    activation: Annotated[
        list[str] | None,
        _option(
            "--activation",
            "FUNCTION",
            "A name or formula (may be repeated). [sigmoid, tanh, relu]",
            "名称或公式（可重复给出）。[sigmoid, tanh, relu]",
        ),
    ] = None,
    set_: Set = None,
    input_mean: Annotated[
        str, _option("--input-mean", "X", "Mean of the inputs.", "输入的均值。")
    ] = "0",
    depth: Depth = "5",
    width: Width = "100",
    init: Init = "glorot_uniform",
    networks: Networks = "10",
    seed: Seed = "0",
    plot: Plot = None,
    json: Json = False,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Follow the mean through the layers."""
    from ogive.lecture import mean_shift as follow

    screen = Screen(context.obj.language, quiet=quiet)
    given = numbers("--input-mean", [input_mean])
    names = separated(activation, "--activation") or ["sigmoid", "tanh", "relu"]
    settings: dict[str, Any] = {
        "activations": chosen_functions(names, assignments("--set", set_), "torch").functions,
        "input_mean": given[0],
        "depth": whole("--depth", depth, 1),
        "width": whole("--width", width, 2),
        "init": init,
        "n_seeds": whole("--networks", networks, 1),
        "random_state": whole("--seed", seed, 0),
    }
    paths = checked_plots(plot, force=force)
    with stages(screen.err, screen.language, quiet=quiet) as say:
        say(DRAWING)
        result = follow(**settings)
    show(result, screen, as_json=json, plots=paths)


@_topic(
    "binary-classification",
    "Three points and two lines: z, a and the loss of each point.",
    "三个点和两条直线：每个点的 z、a 和损失。",
)
def binary_classification(context: typer.Context, json: Json = False, lang: Lang = None) -> None:
    """Work through the example of two classes."""
    from ogive.lecture import binary_classification as example

    screen = Screen(context.obj.language)
    show(example(screen.language), screen, as_json=json)


@_topic(
    "step-race",
    "Steps from 0.9 down to 0.5: sigmoid 67, tanh 14, ReLU 2; and over the same distance.",
    "从 0.9 降到 0.5 的步数：sigmoid 67，tanh 14，ReLU 2；以及走同样距离的步数。",
)
def step_race(
    context: typer.Context,
    activation: Annotated[
        list[str] | None,
        _option(
            "--activation",
            "FUNCTION",
            "A name or formula (may be repeated). [sigmoid, tanh, relu, leaky_relu, softplus, elu]",
            "名称或公式（可重复给出）。[sigmoid, tanh, relu, leaky_relu, softplus, elu]",
        ),
    ] = None,
    set_: Set = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Race down the curves."""
    from ogive.cli.race import show_race

    screen = Screen(context.obj.language)
    names = separated(activation, "--activation") or list(RACERS)
    functions = chosen_functions(names, assignments("--set", set_), "torch").functions
    show_race(functions, screen, as_json=json, within="functions")


@_topic(
    "single-layer",
    "What single-layer networks do, by their outputs and the function after them.",
    "单层网络能做什么：由输出个数和其后的函数决定。",
)
def single_layer(context: typer.Context, json: Json = False, lang: Lang = None) -> None:
    """Print the table of single-layer networks."""
    from ogive.lecture import single_layer_table

    screen = Screen(context.obj.language)
    show(single_layer_table(), screen, as_json=json)
